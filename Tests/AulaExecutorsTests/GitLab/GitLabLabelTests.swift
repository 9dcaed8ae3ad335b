import AulaEngine
import AulaModel
import AulaTestSupport
import Testing

@Suite struct GitLabLabelTests {
    private static let bug = "projects/memo2-fiuba%2F2020-2c%2Fg1%2Fapi/labels/bug"

    private func course() throws -> GitLabClass {
        var course = try GitLabClass()
        course.labels = [.init(name: "bug", color: "#d9534f"), .init(name: "in review", color: "#5bc0de")]
        return course
    }

    @Test func `every project gets the class's labels once, and keeps its own`() async throws {
        let course = try course()
        let first = await course.run()
        #expect(first.summary.succeeded, "\(first.summary.failed)")
        #expect(first.plan.changes.count { $0.address.is(.gitlab("label")) } == 4)
        #expect(try await course.request("GET", Self.bug)["color"] == "#d9534f")
        _ = try await course.request(
            "POST", "projects/memo2-fiuba%2F2020-2c%2Fg1%2Fapi/labels", ["name": "own", "color": "#000000"])
        course.transport.clear()
        #expect(await course.run().plan.isEmpty)
        #expect(course.transport.writes == [])
    }

    @Test func `a label that a team changed is mended, and what people wrote on it stays`() async throws {
        let course = try course()
        await course.run()
        _ = try await course.request("PUT", Self.bug, ["color": "#000000", "description": "What is broken"])
        let second = await course.run()
        #expect(second.plan.changes.map { "\($0.action) \($0.address)" } == ["update gitlab/label/memo2/g1/api/bug"])
        let live = try await course.request("GET", Self.bug)
        #expect(live["color"] == "#d9534f")
        #expect(live["description"]?.string?.hasPrefix("What is broken") == true)
        #expect(live["description"]?.string?.contains("aula:memo2/m2k7q9xd") == true)
        #expect(await course.plan().isEmpty)
    }

    @Test func `a label that a team had before becomes the class's, with what people wrote on it`() async throws {
        var course = try course()
        let labels = course.labels
        course.labels = []
        await course.run()
        _ = try await course.request(
            "POST", "projects/memo2-fiuba%2F2020-2c%2Fg1%2Fapi/labels",
            ["name": "bug", "color": "#000000", "description": "Ours"])
        course.labels = labels
        #expect(await course.run().summary.succeeded)
        let live = try await course.request("GET", Self.bug)
        #expect(live["color"] == "#d9534f")
        #expect(live["description"]?.string?.hasPrefix("Ours") == true)
    }

    @Test func `labels stay when the file no longer lists them, and when the class ends`() async throws {
        var course = try course()
        await course.run()
        course.labels.removeLast()
        #expect(await course.plan().isEmpty)
        let end = await course.run(.destroy)
        #expect(end.summary.succeeded)
        #expect(!end.plan.changes.contains { $0.address.is(.gitlab("label")) })
        #expect(try await course.request("GET", Self.bug)["name"] == "bug")
    }

    @Test func `without labels in the file nobody asks for them`() async throws {
        let course = try GitLabClass()
        await course.run()
        #expect(!course.transport.log.contains { $0.contains("/labels") })
    }
}
