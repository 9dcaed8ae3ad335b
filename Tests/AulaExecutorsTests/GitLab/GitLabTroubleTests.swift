import AulaEngine
import AulaExecutors
import AulaModel
import AulaSandbox
import Foundation
import Synchronization
import Testing

@Suite struct GitLabTroubleTests {
    @Test func `an answer that gets lost leaves no twin, whatever the kind`() async throws {
        let course = try GitLabClass()
        // Each path loses its first answer to a POST, although GitLab did what it was asked.
        course.transport.trouble { request, earlier in
            request.method == "POST" && earlier == 0 ? .answerLost : nil
        }
        let run = await course.run()
        #expect(run.summary.failed.map(\.error.message) == [])
        course.transport.trouble { _, _ in nil }
        #expect(await course.plan().changes.map { "\($0.action) \($0.address)" } == [])
        let tokens = try await course.request("GET", "groups/memo2-fiuba%2F2020-2c%2Fg1/deploy_tokens")
        #expect(tokens.array?.count == 1)
    }

    @Test func `a run killed at any write is finished by the next one`() async throws {
        let whole = try GitLabClass()
        await whole.run()
        for killed in 0..<whole.transport.writes.count {
            let course = try GitLabClass()
            let writes = Mutex(0)
            course.transport.trouble { request, _ in
                guard request.method != "GET" else { return nil }
                return writes.withLock { count in
                    count += 1
                    return count > killed ? .unreachable : nil
                }
            }
            await course.run()
            course.transport.trouble { _, _ in nil }
            #expect(await course.run().summary.succeeded, "killed at write \(killed)")
            #expect(await course.plan().isEmpty, "killed at write \(killed)")
        }
    }

    @Test func `twins of a deploy token are revoked`() async throws {
        let course = try GitLabClass()
        await course.run()
        _ = try await course.request(
            "POST", "groups/memo2-fiuba%2F2020-2c%2Fg1/deploy_tokens",
            ["name": "aula:memo2/m2k7q9xd g1-test", "scopes": ["read_registry"]])
        let run = await course.run()
        #expect(run.plan.changes.map(\.action) == [.delete])
        #expect(run.plan.changes.first?.address.text.hasPrefix("gitlab/deployToken/memo2/g1/test#") == true)
        #expect(await course.plan().isEmpty)
    }

    @Test(
        "what cannot be read is unknown, never gone",
        arguments: [
            ("/variables", "gitlab/variable/memo2/g1/api/KUBE_TOKEN@test"),
            ("/environments", "gitlab/environment/memo2/g1/api/test"),
            ("/deploy_tokens", "gitlab/deployToken/memo2/g1/test"),
            ("/projects", "gitlab/project/memo2/g1/api"),
            ("/descendant_groups", "gitlab/group/memo2/g1"),
        ])
    func partial(list: String, address: String) async throws {
        let course = try GitLabClass()
        await course.run()
        course.transport.trouble { request, _ in
            request.path.hasSuffix(list) ? .answer(APIResponse(status: 500)) : nil
        }
        let observation = await course.observe()
        guard case .unknown(let reason) = observation.presence(of: try #require(Address(address))) else {
            Issue.record("\(address) is not unknown")
            return
        }
        #expect(reason.contains("500"))
        let plan = await course.plan(.destroy)
        #expect(!plan.changes.contains { $0.address.text == address })
    }

    @Test(
        "what stands in the way is one sentence with the next step, before any write",
        arguments: [
            (nil, "GITLAB_TOKEN is not set"), ("  ", "GITLAB_TOKEN is not set"),
            ("glpat-wrong", "refuses the token (401): make a personal access token"),
        ] as [(String?, String)])
    func badToken(token: String?, sentence: String) async throws {
        var course = try GitLabClass()
        course.token = token
        let observation = await course.observe()
        #expect(observation.gaps.count == 1)
        #expect(observation.gaps.first?.part == .system(.gitlab))
        #expect(observation.gaps.first?.text.contains(sentence) == true)
        #expect(await course.plan().changes.isEmpty)
        #expect(course.transport.writes == [])
    }

    @Test func `an unreachable GitLab is unknown`() async throws {
        let course = try GitLabClass()
        course.transport.trouble { _, _ in .unreachable }
        let reason = await course.observe().gaps.first?.text
        #expect(reason?.hasPrefix("GitLab cannot be reached at https://gitlab.test: connection refused: check") == true)
    }

    @Test func `a parent that nobody can see is an error, not an empty class`() async throws {
        var course = try GitLabClass()
        course.rootPath = "no-such-university/2020-2c"
        let observation = await course.observe()
        #expect(observation.gaps.first?.reason.contains("the group no-such-university does not exist") == true)
    }

    @Test(arguments: [false, true])
    func `switched-off certificate clusters are found before the first write`(started: Bool) async throws {
        var course = try GitLabClass()
        if started { await course.run() }
        await course.transport.machine.configure { $0.certificateClusters = false }
        course.registration = .certificate
        course.transport.clear()
        let plan = await course.plan()
        #expect(plan.hasErrors)
        #expect(plan.diagnostics.contains { $0.message.contains("certificate-based clusters are switched off") })
        #expect(course.transport.writes == [])
    }

    @Test func `GitLab's wish to slow down is obeyed`() async throws {
        let waits = Mutex<[Duration]>([])
        let course = try GitLabClass()
        await course.run()
        course.transport.trouble { request, earlier in
            guard request.path.hasSuffix("/variables"), earlier == 0 else { return nil }
            return .answer(APIResponse(status: 429, headers: ["retry-after": "7"], body: Data("Retry later".utf8)))
        }
        let executor = GitLabExecutor(
            course.site, token: Secret(course.token ?? ""), transport: course.transport,
            reading: RetryPolicy(jitter: { 0 }, sleep: { pause in waits.withLock { $0.append(pause) } }))
        let observation = await executor.observe(ObservationRequest(blueprint: course.blueprint))
        #expect(observation.gaps.isEmpty)
        #expect(waits.withLock { $0 } == [.seconds(7), .seconds(7)])
    }

    @Test func `a used-up allowance waits for its reset`() async throws {
        let waits = Mutex<[Duration]>([])
        let course = try GitLabClass()
        let now = Date(timeIntervalSince1970: 1000)
        course.transport.trouble { request, _ in
            guard request.path.hasSuffix("2020-2c") else { return nil }
            return .answer(
                APIResponse(status: 404, headers: ["ratelimit-remaining": "0", "ratelimit-reset": "1020"]))
        }
        let executor = GitLabExecutor(
            course.site, token: Secret(course.token ?? ""), transport: course.transport,
            reading: RetryPolicy(sleep: { pause in waits.withLock { $0.append(pause) } }), now: { now })
        _ = await executor.observe(ObservationRequest(blueprint: course.blueprint))
        #expect(waits.withLock { $0 }.first == .seconds(20))
    }

    @Test func `lists are read to their last page`() async throws {
        var course = try GitLabClass()
        course.groups = (1...103).map { Group(name: "g\($0)", key: "g\($0)", path: "g\($0)") }
        #expect(await course.run().summary.succeeded)
        #expect(await course.plan().isEmpty)
    }
}

extension GitLabTroubleTests {
    @Test func `a day's allowance that is used up says when to come back`() async throws {
        let course = try GitLabClass()
        course.transport.trouble { request, _ in
            guard request.method == "POST", request.path.hasSuffix("/projects") else { return nil }
            return .answer(APIResponse(status: 429, headers: ["retry-after": "86400"], body: Data("Retry later".utf8)))
        }
        let summary = await course.run().summary
        #expect(summary.failed.count == 3)
        #expect(summary.failed.first?.error.hint == "run the same command again in 24 hours: it picks up from here")
        // The groups do not wait for each other, and what needs no project is done.
        #expect(
            summary.done.map(\.address.kind.name).sorted() == ["deployToken", "deployToken", "group", "group", "group"])
    }

    @Test(
        "the token never shows",
        arguments: [401, 403, 404, 409, 422, 500, 503])
    func secrets(status: Int) async throws {
        let course = try GitLabClass()
        course.transport.trouble { request, _ in
            request.method == "GET"
                ? nil : .answer(APIResponse(status: status, body: Data("{\"message\":\"no\"}".utf8)))
        }
        let failure = try #require(await course.run().summary.failed.first)
        #expect(!"\(failure.error)".contains("glpat-"))
        #expect(!"\(failure.error)".contains("deployer-token"))
        #expect(failure.error.message.contains("gitlab/group/memo2") || status == 401)
    }
}
