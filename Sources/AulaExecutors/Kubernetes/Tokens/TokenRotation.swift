package import AulaEngine
package import AulaModel
import AulaPlanner
package import AulaTokens

/// Gives accounts a new token: makes it, delivers it, tries it, and only then revokes the old one.
///
/// Two plans are carried out with a look at the world between them, so that at any moment the token in GitLab is one
/// that works. Whatever ends a run in the middle leaves the old generation in place; that is how the next run knows
/// that there is something to finish.
package struct TokenRotation: Sendable {
    package typealias Observe = @Sendable () async -> Observation
    package typealias Run = @Sendable (Plan, Observation) async -> RunSummary
    package typealias Check = @Sendable (Observation, Set<Address>) async -> [TokenFinding]

    private let blueprint: Blueprint
    /// Token Secrets as the blueprint names them.
    private let names: Set<Address>
    private let observe: Observe
    private let run: Run
    private let check: Check

    package init(
        _ blueprint: Blueprint, _ names: Set<Address>, observe: @escaping Observe, run: @escaping Run,
        check: @escaping Check
    ) {
        self.blueprint = blueprint
        self.names = names
        self.observe = observe
        self.run = run
        self.check = check
    }

    /// What came of it.
    package struct Result: Sendable {
        package var delivery: RunSummary
        /// Of the new tokens; empty where the delivery was interrupted.
        package var findings: [TokenFinding] = []
        package var revocation: RunSummary?

        /// Whether every old token is gone and every new one works.
        package var isComplete: Bool {
            delivery.failed.isEmpty && delivery.skipped.isEmpty && delivery.notStarted.isEmpty
                && findings.allSatisfy { $0.result == .works }
                && revocation.map { $0.failed.isEmpty && $0.notStarted.isEmpty && $0.skipped.isEmpty } == true
        }
    }

    /// The whole rotation as it would be carried out now.
    package func plan(_ observation: Observation) -> Plan {
        Planner.plan(blueprint, observation, PlanOptions(rotating: names))
    }

    /// Carries out a rotation that the user has seen.
    package func carryOut(_ plan: Plan, _ observation: Observation) async -> Result {
        var delivery = plan
        delivery.changes.removeAll { $0.desired == nil }
        var result = Result(delivery: await run(delivery, observation))
        guard !result.delivery.interrupted else { return result }
        let fresh = await observe()
        result.findings = await check(fresh, names)
        let undone = Set(
            (result.delivery.failed.map(\.change) + result.delivery.skipped + result.delivery.notStarted).map(\.address)
        )
        let ready = Set(result.findings.filter { $0.result == .works && $0.token.hasSiblings }.map(\.token.name))
        guard !ready.isEmpty else {
            result.revocation = RunSummary()
            return result
        }
        var revocation = Planner.plan(blueprint, fresh, PlanOptions(rotating: ready))
        // Who could not be told of the new token keeps the old one.
        let waiting = Set(revocation.changes.filter { undone.contains($0.address) }.map(\.address))
        revocation.changes.removeAll { change in
            change.desired != nil || change.dependsOn.contains { waiting.contains($0) || undone.contains($0) }
        }
        result.revocation = await run(revocation, fresh)
        return result
    }
}
