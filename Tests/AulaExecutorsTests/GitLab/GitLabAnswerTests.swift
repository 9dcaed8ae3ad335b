import AulaEngine
import AulaExecutors
import AulaModel
import Foundation
import Synchronization
import Testing

/// No answer of a server can crash a run or hold it up in silence.
@Suite struct GitLabAnswerTests {
    @Test(arguments: ["1e300", "inf", "-inf", "nan", "-5", "", "soon", "99999999999999999999999"])
    func `any Retry-After ends in a wait that somebody can sit out, or in a sentence`(header: String) async throws {
        let course = try GitLabClass()
        let waits = Mutex<[Duration]>([])
        course.transport.trouble { _, _ in .answer(APIResponse(status: 429, headers: ["retry-after": header])) }
        let executor = GitLabExecutor(
            course.site, token: Secret(course.token ?? ""), transport: course.transport,
            reading: RetryPolicy(attempts: 3, sleep: { pause in waits.withLock { $0.append(pause) } }))
        let observation = await executor.observe(ObservationRequest(blueprint: course.blueprint))
        #expect(observation.gaps.first?.reason.contains("asks to slow down") == true)
        #expect(waits.withLock { $0 }.allSatisfy { $0 >= .zero && $0 <= .seconds(121) })
    }

    @Test(arguments: ["99999999999999999999999", "9223372036854775807", "1e300", "inf", "nan", "4600"])
    func `a used-up allowance with a far reset ends with a sentence and without a wait`(reset: String) async throws {
        let course = try GitLabClass()
        let waits = Mutex<[Duration]>([])
        course.transport.trouble { _, _ in
            .answer(
                APIResponse(
                    status: 200, headers: ["ratelimit-remaining": "0", "ratelimit-reset": reset],
                    body: Data(#"{"id":1,"full_path":"memo2-fiuba/2020-2c","description":""}"#.utf8)))
        }
        let executor = GitLabExecutor(
            course.site, token: Secret(course.token ?? ""), transport: course.transport,
            reading: RetryPolicy(sleep: { pause in waits.withLock { $0.append(pause) } }),
            now: { Date(timeIntervalSince1970: 1000) })
        let observation = await executor.observe(ObservationRequest(blueprint: course.blueprint))
        #expect(!observation.gaps.isEmpty)
        #expect(waits.withLock { $0 }.allSatisfy { $0 <= .seconds(120) })
    }

    @Test func `a wait is said`() async throws {
        let course = try GitLabClass()
        await course.run()
        course.transport.trouble { request, earlier in
            guard request.path.hasSuffix("/variables"), earlier < 9 else { return nil }
            return .answer(APIResponse(status: 429, headers: ["retry-after": "7"], body: Data("Retry later".utf8)))
        }
        let said = Mutex<[String]>([])
        _ = await course.executor.observe(
            ObservationRequest(blueprint: course.blueprint, progress: { line in said.withLock { $0.append(line) } }))
        #expect(said.withLock { $0 }.contains { $0.hasPrefix("GitLab: Retry later: trying again in 8 s") })
    }

    @Test(arguments: ["1", "2", "3", "0", "-1", "x"])
    func `a list whose pages do not follow each other is no list, and ends`(next: String) async throws {
        let course = try GitLabClass()
        await course.run()
        course.transport.clear()
        course.transport.trouble { request, _ in
            request.path.hasSuffix("/variables")
                ? .answer(APIResponse(status: 200, headers: ["x-next-page": next], body: Data("[]".utf8))) : nil
        }
        let observation = await course.observe()
        #expect(observation.gaps.contains { $0.reason.contains("does not follow on page") })
        #expect(course.transport.log.count { $0.hasSuffix("/variables") } <= 6)
    }
}
