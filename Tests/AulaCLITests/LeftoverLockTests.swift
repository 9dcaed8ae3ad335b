import AulaEngine
import AulaModel
import AulaTestSupport
import Testing

/// What a run that died at its very end left in the locks.
@Suite(.timeLimit(.minutes(8))) struct LeftoverLockTests {
    private static let apply = ["apply", "--yes", "--no-wait", "--parallelism", "1"]
    private static let leases = "/apis/coordination.k8s.io/v1/leases"

    private static func locks(_ computer: Computer) async throws -> Int {
        let variables = try await computer.gitlab("projects/memo2-fiuba%2Fdemo%2Faula/variables")
        return try await computer.items(leases).count + variables.count { $0["key"] == "AULA_LOCK" }
    }

    /// How many writes a first apply takes.
    private static func writes() async throws -> Int {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        #expect(try await ada.aula(apply + [ada.write(Cohorts.small())]).outcome == .done)
        return world.writes.count
    }

    @Test func `the next run that looks takes a killed run's lock away, though there is nothing to do`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let fate = RunFate.killed(atWrite: try await Self.writes(), isAnswered: true)
        let (struck, _) = try await fate.befall(ada, Self.apply + [ada.write(Cohorts.small())]) {}
        #expect(struck)
        let grace = try Computer("grace@desk", in: world)
        let file = try grace.write(Cohorts.small())
        #expect(try await Self.locks(grace) == 2)
        // While it may still live, it is left alone, and nobody is hindered who only looks.
        let early = try await grace.aula("apply", file, "--yes", "--no-wait")
        #expect(early.output.contains("No changes."), "\(early)")
        #expect(try await Self.locks(grace) == 2)
        world.clock.pass(.seconds(61))
        let late = try await grace.aula("apply", file, "--yes", "--no-wait")
        #expect(late.output.contains("No changes."), "\(late)")
        #expect(try await Self.locks(grace) == 0)
    }

    @Test func `an unchanged run asks each lock once`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small())
        #expect(try await ada.aula("apply", file, "--yes", "--no-wait").outcome == .done)
        world.forgetRequests()
        let unchanged = try await ada.aula("apply", file, "--yes", "--no-wait")
        #expect(unchanged.output.contains("No changes."), "\(unchanged)")
        let lines = world.requests.map(\.line).filter { $0.contains("/leases/aula") || $0.contains("AULA_LOCK") }
        #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("GET ") }, "\(lines)")
    }
}
