package import AulaModel
package import AulaPlanner
package import AulaTokens

/// How a class is doing: what lives, what does not and why, and what a plan would change.
package struct ClassStatus: Sendable {
    /// One thing that does work of its own, or a volume or address that it needs.
    package struct Item: Sendable {
        package enum State: Hashable, Sendable {
            case live(Readiness)
            case missing
            case unknown(String)
        }

        package var address: Address
        package var slot: Slot
        package var state: State
        /// What a pipeline set, where one may: image and replicas.
        package var delivered: Delivery?
        /// The last push, where it did not arrive here.
        package var push: PushOutcome?

        package var isReady: Bool { if case .live(let readiness) = state { readiness.isReady } else { false } }
    }

    /// What runs where a pipeline decides it.
    package struct Delivery: Hashable, Sendable {
        package var images: [String]
        package var replicas: Int?
        /// The field manager that set the image; nil where nobody is recorded.
        package var setBy: String?
        package var isPlaceholder: Bool
    }

    package var mark: Mark
    package var items: [Item]
    /// The tokens in use, and those that the cluster has not filled yet.
    package var tokens: [DeployerToken]
    /// What apply would do now, with the cause of every difference.
    package var plan: Plan
    package var gaps: [Observation.Gap]

    /// Puts together what is known, from an observation that was read with the pods of the workloads and a plan that
    /// was made from the same observation and with the same filter.
    package init(_ blueprint: Blueprint, _ observation: Observation, _ plan: Plan, filter: Filter = Filter()) {
        mark = blueprint.mark
        self.plan = plan
        gaps = observation.gaps
        let pods = Dictionary(grouping: observation.pods, by: \.workload)
        let wanted = blueprint.resources.filter {
            $0.kubernetesKind?.doesWork($0.body) == true && (filter.isEmpty || filter.includes($0.address, $0.slot))
        }
        items = wanted.map { resource in
            let state: Item.State
            switch observation.presence(of: resource.address) {
            case .absent: state = .missing
            case .unknown(let reason): state = .unknown(reason)
            case .present(let observed):
                let readiness = Readiness.of(
                    resource, kind: resource.address.kind.name, observed, pods: pods[resource.address] ?? [],
                    refusal: observation.refusals[resource.address])
                state = .live(readiness ?? .ready())
            }
            return Item(
                address: resource.address, slot: resource.slot, state: state,
                delivered: observation.present[resource.address].flatMap { Delivery(resource, $0) },
                push: Self.push(to: resource, blueprint.cohort, observation))
        }
        items += Self.openClaims(blueprint, observation, filter)
        tokens = TokenGenerations(blueprint, observation).tokens.filter { token in
            (token.isLive || !token.hasSiblings) && (filter.isEmpty || filter.includes(token.name, token.slot))
        }
    }

    package var isWell: Bool {
        items.allSatisfy(\.isReady) && gaps.isEmpty && plan.isEmpty && plan.blocked.isEmpty && !plan.hasErrors
    }

    /// A push that failed: in the environment whose deployment failed, else in the first one, where it was bound for.
    private static func push(to resource: Resource, _ cohort: Cohort, _ observation: Observation) -> PushOutcome? {
        guard let group = resource.slot.group, let component = resource.slot.component,
            let environment = resource.slot.environment,
            let push = observation.pushes[.gitlabProject(cohort.name, group, component)], push.status == "failed"
        else { return nil }
        let struck = cohort.environments.map(\.name).filter { push.failedJobs.contains("deploy-\($0)") }
        return (struck.isEmpty ? cohort.environments.prefix(1).map(\.name) : struck).contains(environment) ? push : nil
    }

    /// Claims of our StatefulSets that have no volume.
    private static func openClaims(_ blueprint: Blueprint, _ observation: Observation, _ filter: Filter) -> [Item] {
        observation.present.compactMap { address, observed -> Item? in
            guard address.is(.claim), blueprint[address] == nil,
                filter.isEmpty || filter.includes(address, observed.slot),
                let readiness = Readiness.of(nil, kind: address.kind.name, observed), !readiness.isReady
            else { return nil }
            return Item(address: address, slot: observed.slot, state: .live(readiness))
        }.sorted { $0.address < $1.address }
    }
}

extension ClassStatus.Delivery {
    /// Nil for a workload that no pipeline deploys.
    fileprivate init?(_ resource: Resource, _ observed: Observed) {
        let path = ["spec", "template", "spec", "containers"]
        let handedOver = (resource.lifecycle.initial?[path]?.array ?? []).filter { $0["image"] != nil }
        guard !handedOver.isEmpty else { return nil }
        let names = Set(handedOver.compactMap { $0["name"]?.string })
        let live = (observed.attributes[path]?.array ?? []).filter { names.contains($0["name"]?.string ?? "") }
        images = live.compactMap { $0["image"]?.string }
        replicas = observed.attributes[["spec", "replicas"]]?.int
        isPlaceholder = Placeholder.runs(resource, in: observed.attributes)
        let ownership = FieldOwnership(managers: observed.managers)
        setBy =
            names.sorted().lazy.compactMap { name in
                let key = #"k:{"name":"\#(name)"}"#
                return ownership.other(owning: path.map { "f:" + $0 } + [key, "f:image"])
            }.first
    }
}
