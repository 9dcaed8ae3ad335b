import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct GitLabPageTests {
    @Test func `pages lead to each other on the host that was asked`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        for number in 0..<5 {
            await gitlab.send("POST", "projects/\(project)/variables", ["key": "K\(number)", "value": "v"])
        }
        let page = await gitlab.send("GET", "projects/\(project)/variables?per_page=2&page=2")
        #expect(page.body.array?.compactMap { $0["key"]?.string } == ["K2", "K3"])
        #expect(page.headers["X-Total"] == "5" && page.headers["X-Total-Pages"] == "3")
        #expect(page.headers["X-Next-Page"] == "3" && page.headers["X-Prev-Page"] == "1")
        let base = "http://gitlab.test:8443/api/v4/projects/\(project)/variables"
        #expect(page.headers["Link"]?.contains("<\(base)?page=3&per_page=2>; rel=\"next\"") == true)
        let last = await gitlab.send("GET", "projects/\(project)/variables?per_page=2&page=3")
        #expect(last.headers["X-Next-Page"] == "" && last.headers["Link"]?.contains("next") == false)
    }

    @Test func `projects can be read by keyset until no next link comes`() async throws {
        let gitlab = try GitLabClient()
        let group = try await gitlab.classGroup()
        for number in 0..<5 { _ = try await gitlab.makeProject("p\(number)", in: group, readme: false) }
        var path: String? = "projects?pagination=keyset&order_by=id&sort=asc&per_page=2"
        var names: [String] = []
        while let next = path {
            let page = await gitlab.send("GET", next)
            names += page.body.array?.compactMap { $0["path"]?.string } ?? []
            path = page.headers["Link"].flatMap { link in
                link.firstMatch(of: /<http:\/\/gitlab\.test:8443\/api\/v4\/([^>]+)>; rel="next"/).map { String($0.1) }
            }
        }
        #expect(names == ["p0", "p1", "p2", "p3", "p4"])
    }

    @Test func `every answer says how much of the rate limit is left, and 429 when to come back`() async throws {
        let gitlab = try GitLabClient(settings: GitLabSettings(throttle: .init(requests: 2, seconds: 60)))
        #expect(await gitlab.send("GET", "version").headers["RateLimit-Remaining"] == "1")
        #expect(await gitlab.send("GET", "version").headers["RateLimit-Remaining"] == "0")
        let refused = await gitlab.send("GET", "version")
        #expect(refused.status == 429 && refused.headers["Retry-After"] == "60")
    }

    @Test func `hundreds of variables are read cheaply`() async throws {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup(), readme: false)
        for number in 0..<500 {
            await gitlab.send("POST", "projects/\(project)/variables", ["key": "K\(number)", "value": "v"])
        }
        let took = await ContinuousClock().measure {
            for page in 1...5 {
                let answer = await gitlab.send("GET", "projects/\(project)/variables?per_page=100&page=\(page)")
                #expect(answer.body.array?.count == 100)
            }
        }
        #expect(took < .seconds(2))
    }
}
