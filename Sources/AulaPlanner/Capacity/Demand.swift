import AulaModel

/// What a class asks of its cluster, beside what the cluster runs itself.
struct Demand: Hashable {
    /// Pods, and what they request together.
    struct Pods: Hashable {
        var count = 0
        var requests = PodSize.Amount()

        mutating func add(_ pod: PodSize, times: Int) {
            count += times
            requests = requests + pod.requests * times
        }
    }

    private var fixed = Pods()
    /// On each node, however many there are.
    private var perNode = Pods()
    /// Volumes that are attached at the same time.
    private(set) var volumes = 0
    /// What the largest pod of each component, or of each workload that has none, requests.
    private(set) var largest: [String: PodSize.Amount] = [:]

    /// Adds up pods that somebody declares.
    init(_ needs: [PodNeed]) {
        for need in needs {
            let pod = PodSize(pod: need.pod)
            if need.isPerNode { perNode.add(pod, times: need.count) } else { fixed.add(pod, times: need.count) }
        }
    }

    /// Adds up every workload of a blueprint and what its templates declare; jobs run to their end and make room again,
    /// so only the largest counts.
    init(_ blueprint: Blueprint) {
        self.init(blueprint.declared.pods)
        var largestJob: PodSize?
        for resource in blueprint.resources {
            guard let kind = resource.kubernetesKind else { continue }
            volumes += resource.claims.reduce(0) { $0 + $1.count }
            guard let workload = kind.pods else { continue }
            let pod = PodSize(pod: resource.bodyAtBirth[workload.template + ["spec"]])
            largest[resource.slot.component ?? resource.address.name, default: PodSize.Amount()].grow(to: pod.requests)
            switch workload.count {
            case .untilDone:
                if pod.requests.cpu >= largestJob?.requests.cpu ?? 0 { largestJob = pod }
            case .perNode: perNode.add(pod, times: 1)
            case .one, .replicas: fixed.add(pod, times: resource.replicas)
            }
        }
        if let largestJob { fixed.add(largestJob, times: 1) }
    }

    func pods(on nodes: Int) -> Pods {
        Pods(
            count: fixed.count + perNode.count * nodes, requests: fixed.requests + perNode.requests * nodes)
    }
}
