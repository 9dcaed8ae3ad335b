import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// A token or a role that is too weak is known before the first write.
@Suite struct GitLabPreflightTests {
    @Test func `the Owner of the group above, and of the cohort's own, may begin`() async throws {
        let course = try GitLabClass()
        let plan = await course.plan()
        #expect(await course.executor.preflight(plan).isEmpty)
        await course.run()
        #expect(await course.executor.preflight(plan).isEmpty)
    }

    @Test func `an empty plan asks nothing`() async throws {
        let course = try GitLabClass()
        await course.run()
        let plan = await course.plan()
        course.transport.clear()
        #expect(await course.executor.preflight(plan).isEmpty)
        #expect(course.transport.log.isEmpty)
    }

    @Test func `a token without the scope is named`() async throws {
        let course = try GitLabClass()
        let plan = await course.plan()
        course.transport.trouble { request, _ in
            guard request.path.hasSuffix("/personal_access_tokens/self") else { return nil }
            return .answer(APIResponse(status: 200, body: (["scopes": ["read_api"]] as JSON).data))
        }
        let findings = await course.executor.preflight(plan)
        #expect(findings.map(\.message) == ["the token for GitLab at gitlab.test may only read_api"])
        #expect(findings.first?.hint?.contains("scope `api`") == true)
    }

    @Test(arguments: [(30, "Developer"), (40, "Maintainer")])
    func `a role that is too low is named, with who can change it`(level: Int, name: String) async throws {
        let course = try GitLabClass()
        let plan = await course.plan()
        await course.run()
        course.transport.trouble { request, _ in
            guard request.path.contains("/members/all/") else { return nil }
            return .answer(APIResponse(status: 200, body: (["access_level": .int(level)] as JSON).data))
        }
        let findings = await course.executor.preflight(plan)
        #expect(
            findings.map(\.message) == [
                "teacher is \(name) of the group memo2-fiuba/2020-2c at gitlab.test, and needs to be its Owner"
            ])
        #expect(findings.first?.hint?.contains("/groups/memo2-fiuba/2020-2c/-/group_members") == true)
    }

    @Test func `nobody's member is told so, and a Maintainer of the group above may make the cohort's`() async throws {
        let course = try GitLabClass()
        let plan = await course.plan()
        course.transport.trouble { request, _ in
            guard request.path.contains("/members/all/") else { return nil }
            return .answer(APIResponse(status: 404, body: (["message": "404 Not found"] as JSON).data))
        }
        #expect(
            await course.executor.preflight(plan).map(\.message) == [
                "teacher is no member of the group memo2-fiuba at gitlab.test, and needs to be its Maintainer"
            ])
        course.transport.trouble { request, _ in
            guard request.path.contains("/members/all/") else { return nil }
            return .answer(APIResponse(status: 200, body: (["access_level": 40] as JSON).data))
        }
        #expect(await course.executor.preflight(plan).isEmpty)
    }
}
