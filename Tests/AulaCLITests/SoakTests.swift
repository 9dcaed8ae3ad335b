import AulaEngine
import AulaModel
import AulaTestSupport
import Foundation
import Synchronization
import Testing

/// Runs that are killed or suspended anywhere, by schedules that a seed gives: in the end the class is as if nothing
/// had happened.
///
/// `make soak` does a hundred; a seed that failed is run alone with `AULA_SOAK_SEEDS=SEED..SEED`.
@Suite(.timeLimit(.minutes(20))) struct SoakTests {
    static var seeds: ClosedRange<Int> {
        let text = ProcessInfo.processInfo.environment["AULA_SOAK_SEEDS"] ?? "1..8"
        let ends = text.split(separator: ".").compactMap { Int($0) }
        return (ends.first ?? 1)...max(ends.first ?? 1, ends.last ?? 8)
    }

    private static let cohort = Cohorts.small(groups: "3", environments: "[test, prod]")

    @Test(arguments: seeds)
    func `a class survives every kill and every suspension`(seed: Int) async throws {
        let world = try World()
        var schedule = KillSchedule(seed: seed)
        let purposes = [
            ["apply", "--yes", "--no-wait"], ["apply", "--yes", "--no-wait"], ["tokens", "rotate", "--yes"],
        ]
        for (number, purpose) in purposes.enumerated() {
            let fate = schedule.next()
            let ada = try Computer("ada@laptop\(number)", in: world)
            let (struck, finished) = try await fate.befall(ada, purpose + [ada.write(Self.cohort)]) {
                // Whoever waits on another machine takes over once the lock has lapsed.
                world.clock.pass(.seconds(61))
                let grace = try Computer("grace@desk\(number)", in: world)
                let other = try await grace.aula(["apply", "--yes", "--no-wait", grace.write(Self.cohort)])
                #expect(other.outcome == .done, "\(schedule) \(fate)\n\(other)")
            }
            world.clock.pass(.seconds(61))
            if struck, case .suspended = fate { #expect(finished?.outcome == .locked, "\(schedule) \(fate)") }
        }
        try await Self.expectWhole(world, "\(schedule)")
        let ada = try Computer("ada@last", in: world)
        let fate = schedule.next(atMost: 25)
        _ = try await fate.befall(ada, ["destroy", "--confirm", "demo", ada.write(Self.cohort)]) {
            world.clock.pass(.seconds(61))
            try await Self.expectGone(world, "\(schedule) \(fate)")
        }
        world.clock.pass(.seconds(61))
        try await Self.expectGone(world, "\(schedule) \(fate)")
    }

    /// A destroy takes the rest away, and then nothing is left but archived projects and the groups that they are in.
    private static func expectGone(_ world: World, _ schedule: String) async throws {
        let grace = try Computer("grace@home", in: world)
        let end = try await grace.aula("destroy", grace.write(cohort), "--confirm", "demo")
        #expect(end.outcome == .done, "\(schedule)\n\(end)")
        let left = try await inventory(of: world).filter {
            // What aula remembers of the class stays with the groups.
            $0.value > 0 && $0.key.contains("demo") && !$0.key.hasSuffix("/aula")
        }
        #expect(left == [:], "\(schedule)")
        let names = try await grace.items("/api/v1/namespaces").compactMap { $0[["metadata", "name"]]?.string }
        #expect(!names.contains { $0.hasPrefix("demo-") }, "\(schedule) \(names)")
        let projects = try await grace.gitlab("projects").filter { $0["path"] == "api" }
        #expect(projects.count == 3 && projects.allSatisfy { $0["archived"] == true }, "\(schedule)")
    }

    /// One more apply does what is left, the next one nothing, and no lock or second token stays.
    private static func expectWhole(_ world: World, _ schedule: String) async throws {
        let joan = try Computer("joan@home", in: world)
        let file = try joan.write(cohort)
        let last = try await joan.aula("apply", file, "--yes", "--no-wait")
        #expect(last.outcome == .done, "\(schedule)\n\(last)")
        world.forgetRequests()
        let unchanged = try await joan.aula("apply", file, "--yes", "--no-wait")
        #expect(unchanged.output.contains("No changes."), "\(schedule)\n\(unchanged)")
        #expect(world.writes.isEmpty, "\(schedule)")
        let tokens = try await joan.aula("tokens", "verify", file)
        #expect(tokens.outcome == .done, "\(schedule)\n\(tokens)")
        #expect(try await inventory(of: world) == inventory(of: clean()), "\(schedule)")
    }

    /// What a class has that nothing ever befell.
    private static func clean() async throws -> World {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        #expect(try await ada.aula("apply", ada.write(cohort), "--yes", "--no-wait").outcome == .done)
        return world
    }

    /// How many there are of each kind in each place, whatever their names end with.
    private static func inventory(of world: World) async throws -> [String: Int] {
        let look = try Computer("nobody", in: world)
        var counts: [String: Int] = [:]
        for path in [
            "/api/v1/namespaces", "/api/v1/secrets", "/api/v1/configmaps", "/api/v1/serviceaccounts",
            "/apis/apps/v1/deployments", "/apis/coordination.k8s.io/v1/leases",
            "/apis/rbac.authorization.k8s.io/v1/rolebindings", "/apis/networking.k8s.io/v1/networkpolicies",
        ] {
            for item in try await look.items(path) where item[["metadata", "namespace"]] != "kube-system" {
                counts["\(path) \(item[["metadata", "namespace"]]?.string ?? "")", default: 0] += 1
            }
        }
        for project in try await look.gitlab("projects") {
            let path = "projects/\(project["id"]?.int ?? 0)"
            let name = project["path_with_namespace"]?.string ?? ""
            counts["variables of \(name)"] = try await look.gitlab("\(path)/variables").count
            let tokens = try await look.gitlab("\(path)/deploy_tokens")
            counts["deploy tokens of \(name)"] = tokens.count { $0["revoked"] != true }
        }
        return counts
    }
}
