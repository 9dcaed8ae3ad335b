package import AulaModel
package import AulaTokens

/// Tries every live token of a class, each in its own namespace and in its neighbour's.
package struct TokenCheck: Sendable {
    private let trial: TokenTrial
    private let blueprint: Blueprint

    package init(_ trial: TokenTrial, _ blueprint: Blueprint) {
        self.trial = trial
        self.blueprint = blueprint
    }

    /// One finding for each token Secret that is chosen, in the blueprint's order.
    package func run(
        _ observation: Observation, includes: @escaping @Sendable (DeployerToken) -> Bool = { _ in true }
    ) async -> [TokenFinding] {
        let generations = TokenGenerations(blueprint, observation)
        let live = generations.tokens.filter(\.isLive)
        let namespaces = live.map(\.namespace)
        let chosen = live.enumerated().filter { includes($0.element) }
        let findings = await withTaskGroup(of: (Int, TokenFinding).self) { group in
            for (index, token) in chosen {
                // The last one's neighbour is the first; a class of one has aula's own namespace beside it.
                let next = namespaces[(index + 1) % namespaces.count]
                let neighbour = next == token.namespace ? blueprint.cohort.ownNamespace : next
                group.addTask { [trial] in (index, await trial.run(token, neighbour: neighbour)) }
            }
            var findings: [(Int, TokenFinding)] = []
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return findings.map { Self.checkingDelivery($0, generations.blueprint, observation) }
    }

    /// A token that works is of no use while GitLab still has another one.
    private static func checkingDelivery(
        _ finding: TokenFinding, _ blueprint: Blueprint, _ observation: Observation
    ) -> TokenFinding {
        guard finding.result == .works else { return finding }
        for resource in blueprint.resources {
            for field in resource.late where field.value.sources.contains(finding.token.address) {
                guard field.compared, let live = observation.present[resource.address]?.value(at: field.path),
                    let wanted = field.value.resolved({ observation.present[$0]?.outputs[$1] }),
                    live.revealed != wanted.revealed
                else { continue }
                return TokenFinding(token: finding.token, result: .notDelivered(to: resource.address))
            }
        }
        return finding
    }
}
