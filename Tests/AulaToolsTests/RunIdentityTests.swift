import AulaEngine
import AulaTestSupport
import Foundation
import Testing

@testable import AulaTools

@Suite struct RunIdentityTests {
    @Test func `a run knows itself alive, and an ended one of its machine dead`() async throws {
        #expect(!RunIdentity.isDead(RunIdentity.own))
        let sleep = try await StartedCommand("/bin/sleep", ["60"], environment: [:])
        let prefix = try #require(RunIdentity.own.components(separatedBy: " process ").first)
        let name = "\(prefix) process \(sleep.identifier)"
        #expect(!RunIdentity.isDead(name))
        sleep.send(SIGKILL)
        #expect(try await sleep.end().signal == SIGKILL)
        #expect(RunIdentity.isDead(name))
        #expect(RunIdentity.isDead("\(prefix) process \(getpid()) 1"), "the same number, another start")
    }

    @Test func `of other machines, and of other texts, nothing is known`() {
        #expect(!RunIdentity.isDead("ada@no-such-machine process 1 1"))
        #expect(!RunIdentity.isDead("somebody"))
    }

    @Test func `the lock of this machine says who holds it since when`() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("aula-lock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        let environment = ["XDG_STATE_HOME": home.path]
        let lock = try RunLock(
            cohort: "m2k7q9xd", holder: LockHolder(name: "ada@laptop process 1", now: { start }),
            environment: environment)
        let error = #expect(throws: LockHeld.self) {
            _ = try RunLock(
                cohort: "m2k7q9xd", holder: LockHolder(name: "grace", now: { start }), environment: environment)
        }
        #expect(error?.holder == "ada@laptop process 1")
        #expect(error?.since == start)
        #expect(
            error.map { "\($0)" } == "another run works on this cohort: ada@laptop process 1 since 2027-01-15T08:00:00Z"
        )
        lock.release()
        try RunLock(cohort: "m2k7q9xd", holder: LockHolder(name: "grace", now: { start }), environment: environment)
            .release()
    }
}
