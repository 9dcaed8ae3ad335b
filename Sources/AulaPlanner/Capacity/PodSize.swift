import AulaModel

/// What the containers of a pod ask for together, and what they may use at the most.
///
/// Sidecars (init containers that restart always) count beside the others; ordinary init containers run one after the
/// other before them, so only the largest counts, with the sidecars that run by then.
struct PodSize: Hashable, Sendable {
    struct Amount: Hashable, Sendable {
        /// Millicores.
        var cpu = 0
        /// MiB.
        var memory = 0

        static func + (left: Amount, right: Amount) -> Amount {
            Amount(cpu: left.cpu + right.cpu, memory: left.memory + right.memory)
        }

        static func * (left: Amount, times: Int) -> Amount {
            Amount(cpu: left.cpu * times, memory: left.memory * times)
        }

        mutating func grow(to other: Amount) { self = larger(other) }

        func larger(_ other: Amount) -> Amount {
            Amount(cpu: max(cpu, other.cpu), memory: max(memory, other.memory))
        }
    }

    private(set) var requests = Amount()
    private(set) var limits = Amount()

    /// Adds up a pod's spec; `standard` is what a container gets that says nothing.
    init(pod: JSON?, standard: ContainerStandard = ContainerStandard()) {
        requests = Self.sum(of: pod) { standard.request(of: $0) }
        limits = Self.sum(of: pod) { standard.limit(of: $0) }
    }

    private static func sum(of pod: JSON?, _ size: (JSON) -> Amount) -> Amount {
        var running = (pod?["containers"]?.array ?? []).reduce(Amount()) { $0 + size($1) }
        var first = Amount()
        var sidecars = Amount()
        for container in pod?["initContainers"]?.array ?? [] {
            let own = size(container)
            if container["restartPolicy"] == "Always" {
                running = running + own
                sidecars = sidecars + own
            } else {
                first = first.larger(own + sidecars)
            }
        }
        return running.larger(first)
    }
}

/// What a LimitRange gives to containers that say nothing themselves.
struct ContainerStandard: Hashable, Sendable {
    private var requests = PodSize.Amount()
    private var limits = PodSize.Amount()

    init() {}

    /// The standard of the first LimitRange among some resources; zero without one.
    init(_ resources: [Resource]) {
        let range = resources.lazy.filter { $0.body["kind"] == "LimitRange" }
            .flatMap { $0.body[["spec", "limits"]]?.array ?? [] }.first { $0["type"] == "Container" }
        limits = Self.amount(range?["default"], else: limits)
        requests = Self.amount(range?["defaultRequest"], else: limits)
    }

    /// Without a request the API server takes the limit for it.
    func request(of container: JSON) -> PodSize.Amount {
        let resources = container["resources"]
        return Self.amount(resources?["requests"], else: Self.amount(resources?["limits"], else: requests))
    }

    func limit(of container: JSON) -> PodSize.Amount {
        Self.amount(container["resources"]?["limits"], else: limits)
    }

    private static func amount(_ json: JSON?, else other: PodSize.Amount) -> PodSize.Amount {
        PodSize.Amount(
            cpu: json?["cpu"].flatMap(CapacityUnit.millicore.amount) ?? other.cpu,
            memory: json?["memory"].flatMap(CapacityUnit.mebibyte.amount) ?? other.memory)
    }
}
