import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// What an update writes and leaves alone.
extension SandboxClusterTests {
    @Test func `sending everything again changes nothing`() async throws {
        _ = try await provision()
        for resource in Self.classroom {
            let observed = await observe().present[resource.address]
            let before = observed?.attributes[["metadata", "resourceVersion"]]
            _ = try await executor.perform(Memo2.step(.update, resource, observed: observed))
            _ = try await executor.perform(Memo2.step(.create, resource))
            #expect(await observe().present[resource.address]?.attributes[["metadata", "resourceVersion"]] == before)
        }
    }

    @Test func `an update drops what aula no longer asks for and keeps what others added`() async throws {
        _ = try await provision()
        let path = "/api/v1/namespaces/memo2-g1-test/configmaps/app"
        await cluster.someone(
            "PATCH", path, manager: "kubectl-patch", content: "application/merge-patch+json", ["data": ["MINE": "1"]])
        var resource = Self.classroom[6]
        resource.body["data"] = ["PORT": "80"]
        let observed = await observe().present[resource.address]
        _ = try await executor.perform(Memo2.step(.update, resource, observed: observed))
        #expect(try await live(path)["data"] == ["PORT": "80", "MINE": "1"])
    }

    @Test func `an update of an object that was replaced meanwhile leaves it alone`() async throws {
        _ = try await provision()
        let path = "/api/v1/namespaces/memo2-g1-test/configmaps/app"
        let resource = Self.classroom[6]
        let observed = await observe().present[resource.address]
        let theirs: JSON = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "app"], "data": ["X": "y"]]
        await cluster.someone("DELETE", path)
        await cluster.someone("POST", "/api/v1/namespaces/memo2-g1-test/configmaps", theirs)
        for step in [
            Memo2.step(.update, resource, observed: observed),
            Memo2.ending(.delete, resource.address, try #require(observed)),
            Memo2.ending(.release, resource.address, try #require(observed)),
        ] {
            let error = try await #require(throws: ExecutionError.self) { _ = try await executor.perform(step) }
            #expect(error.retry == .never)
            #expect(error.hint?.contains("run aula again") == true)
        }
        #expect(try await live(path)["data"] == ["X": "y"])
    }

    @Test(
        "a create that lost a race gives everything back",
        arguments: [["X": "y"], ["LOG_LEVEL": "debug"], [:]] as [JSON])
    func race(theirs data: JSON) async throws {
        _ = try await executor.perform(Memo2.step(.create, Self.classroom[2]))
        let path = "/api/v1/namespaces/memo2-g1-test/configmaps"
        await cluster.pass(.seconds(5))
        await cluster.someone(
            "POST", path, ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "app"], "data": data])
        let before = try await live(path + "/app")
        await cluster.pass(.seconds(5))
        let error = try await #require(throws: ExecutionError.self) {
            _ = try await executor.perform(Memo2.step(.create, Self.classroom[6]))
        }
        #expect(error.retry == .never)
        let after = try await live(path + "/app")
        #expect(after["data"] ?? [:] == before["data"] ?? [:])
        #expect(after["metadata"]?["labels"] ?? [:] == before["metadata"]?["labels"] ?? [:])
        #expect(await observe().present[.kubernetes("ConfigMap", "memo2-g1-test", "app")]?.mark == nil)
    }

    @Test(
        "a broken connection before or after the server worked loses nothing",
        arguments: [false, true], ["POST", "PATCH"])
    func connections(afterwards: Bool, method: String) async throws {
        let policy = RetryPolicy(attempts: 3, sleep: { _ in })
        for resource in Self.classroom {
            cluster.breakOnce(method, afterwards: afterwards)
            try await policy.run { _ = try await executor.perform(Memo2.step(.create, resource)) }
        }
        cluster.intercept(nil)
        await cluster.pass(.seconds(2))
        let observation = await observe()
        #expect(Self.classroom.allSatisfy { observation.present[$0.address]?.mark == Memo2.mark })
    }
}
