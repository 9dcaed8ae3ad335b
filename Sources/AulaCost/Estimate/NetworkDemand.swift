import AulaModel

/// What a blueprint asks of the load balancer in front of an AKS cluster.
struct NetworkDemand {
    /// Load-balancing rules, the one for outgoing traffic included.
    private(set) var rules = 1
    /// What needs a public address: outgoing traffic always does.
    private(set) var addresses = ["outbound"]

    init(_ resources: [Resource]) {
        var shared: [String: Int] = [:]
        for resource in resources {
            switch resource.kubernetesKind?.billing(of: resource.body) {
            case .sharedAddress(let name, let rules): shared[name] = rules
            case .address: add(resource)
            case nil: break
            }
        }
        addresses.insert(contentsOf: shared.keys.sorted(), at: 1)
        rules += shared.values.reduce(0, +)
    }

    private mutating func add(_ service: Resource) {
        rules += service.body["spec"]?["ports"]?.array?.count ?? 1
        let annotation = "service.beta.kubernetes.io/azure-load-balancer-internal"
        let isInternal = service.body["metadata"]?["annotations"]?[annotation]?.string == "true"
        if !isInternal { addresses.append(service.address.path) }
    }
}
