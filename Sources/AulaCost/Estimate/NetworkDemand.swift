import AulaModel

/// What a blueprint asks of the load balancer in front of an AKS cluster.
struct NetworkDemand {
    /// Load-balancing rules, the one for outgoing traffic included.
    private(set) var rules = 1
    /// What needs a public address: outgoing traffic always does.
    private(set) var addresses = ["outbound"]

    init(_ resources: [Resource]) {
        var hasIngress = false
        for resource in resources where resource.address.system == .kubernetes {
            switch resource.address.kind.name {
            case "Ingress": hasIngress = true
            case "Service" where resource.body["spec"]?["type"]?.string == "LoadBalancer": add(resource)
            default: break
            }
        }
        guard hasIngress else { return }
        addresses.insert("ingress", at: 1)
        rules += 2
    }

    private mutating func add(_ service: Resource) {
        rules += service.body["spec"]?["ports"]?.array?.count ?? 1
        let annotation = "service.beta.kubernetes.io/azure-load-balancer-internal"
        let isInternal = service.body["metadata"]?["annotations"]?[annotation]?.string == "true"
        if !isInternal { addresses.append(service.address.path) }
    }
}
