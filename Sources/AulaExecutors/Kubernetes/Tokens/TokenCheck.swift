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
                let result = delivery(of: field, to: resource.address, observation)
                if result != .works { return TokenFinding(token: finding.token, result: result) }
            }
        }
        return finding
    }

    /// Whether a carrier of a token holds this one; what could not be looked at is no proof of it.
    private static func delivery(
        of field: LateField, to carrier: Address, _ observation: Observation
    ) -> TokenFinding.Result {
        switch observation.presence(of: carrier) {
        case .absent: return .notDelivered(to: carrier)
        case .unknown(let reason): return .unknown("\(carrier): \(reason)")
        case .present(let thing):
            // What GitLab never tells is there, and that is all that can be known of it.
            guard field.compared else { return .works }
            guard let live = thing.value(at: field.path),
                let wanted = field.value.resolved({ observation.present[$0]?.outputs[$1] })
            else { return .unknown("\(carrier): its value cannot be read") }
            return live.revealed == wanted.revealed ? .works : .notDelivered(to: carrier)
        }
    }
}
