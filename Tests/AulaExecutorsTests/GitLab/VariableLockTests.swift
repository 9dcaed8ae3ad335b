import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// Where there is no cluster yet, two runs of one cohort meet at a variable of aula's own project.
@Suite struct VariableLockTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let mark = Mark(cohort: "memo2", id: "m2k7q9xd")

    private static func holder(_ name: String, after seconds: TimeInterval = 0, dead: String? = nil) -> LockHolder {
        LockHolder(name: name, isDead: { $0 == dead }, now: { start.addingTimeInterval(seconds) })
    }

    private static func lock(_ course: GitLabClass) throws -> any SharedLock {
        try #require(course.executor.lock(of: mark))
    }

    private static let variable = "projects/memo2-fiuba%2F2020-2c%2Faula/variables"

    @Test func `the second run learns who holds it since when, and the first gives it back`() async throws {
        let course = try GitLabClass()
        await course.run()
        let lock = try Self.lock(course)
        guard case .taken(let held) = try await lock.acquire(as: Self.holder("ada")) else {
            Issue.record("the lock is free")
            return
        }
        let live = try await course.request("GET", "\(Self.variable)/AULA_LOCK")
        #expect(live["description"] == "aula:memo2/m2k7q9xd")
        guard case .busy(let note) = try await lock.acquire(as: Self.holder("grace", after: 5)) else {
            Issue.record("two hold the lock")
            return
        }
        #expect(note == LockNote(holder: "ada", since: Self.start, renewed: Self.start))
        #expect(await course.plan().isEmpty, "a lock is no part of the class")
        #expect(await held.renew() == .renewed)
        await held.release()
        #expect(try await course.request("GET", Self.variable).array?.map { $0["key"] } == ["AULA_MEMORY_1"])
    }

    @Test func `without the group it has no home`() async throws {
        let course = try GitLabClass()
        guard case .nowhere = try await Self.lock(course).acquire(as: Self.holder("ada")) else {
            Issue.record("a lock without its group")
            return
        }
    }

    @Test func `a holder that stopped renewing, or died on this machine, is followed`() async throws {
        let course = try GitLabClass()
        await course.run()
        let lock = try Self.lock(course)
        guard case .taken(let first) = try await lock.acquire(as: Self.holder("ada")),
            case .taken = try await lock.acquire(as: Self.holder("grace", after: 61)),
            case .taken(let last) = try await lock.acquire(as: Self.holder("joan", after: 62, dead: "grace"))
        else {
            Issue.record("a dead holder blocks")
            return
        }
        #expect(await first.renew() == .lost)
        await first.release()
        guard case .busy(let note) = try await lock.acquire(as: Self.holder("ada", after: 63)) else {
            Issue.record("somebody's lock was given away")
            return
        }
        #expect(note.holder == "joan")
        await last.release()
    }

    @Test func `a lost answer does not lose it`() async throws {
        let course = try GitLabClass()
        await course.run()
        course.transport.trouble { request, earlier in
            request.method == "POST" && request.path.hasSuffix("/variables") && earlier == 0 ? .answerLost : nil
        }
        guard case .taken = try await Self.lock(course).acquire(as: Self.holder("ada")) else {
            Issue.record("our own lock blocks us")
            return
        }
    }

    @Test func `somebody's own variable of that name is left alone`() async throws {
        let course = try GitLabClass()
        await course.run()
        _ = try await course.request(
            "POST", Self.variable, ["key": "AULA_LOCK", "value": "hands off", "environment_scope": "no-job"])
        guard case .busy(let note) = try await Self.lock(course).acquire(as: Self.holder("ada", after: 1e9)) else {
            Issue.record("a foreign variable was taken away")
            return
        }
        #expect(
            note.holder.hasPrefix("the variable AULA_LOCK of ")
                && note.holder.hasSuffix(" says \"hands off\", which no run of aula wrote"))
        let held = LockHeld(note)
        #expect(held.hint == "see that no run is under way, then remove it by hand", "it never lapses")
        #expect(held.since == nil)
    }
}
