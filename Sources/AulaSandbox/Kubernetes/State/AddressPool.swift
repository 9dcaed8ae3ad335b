/// Hands out addresses: of Services inside the cluster, of pods, and of load balancers outside.
struct AddressPool: Sendable {
    private(set) var services = 0
    private(set) var pods = 0
    private(set) var balancers = 0
    private(set) var nodePorts = 0

    init() {}

    init(services: Int, pods: Int, balancers: Int, nodePorts: Int) {
        self.services = services
        self.pods = pods
        self.balancers = balancers
        self.nodePorts = nodePorts
    }

    mutating func service() -> String {
        services += 1
        return "10.0.\((services + 9) / 250 % 250).\((services + 9) % 250 + 1)"
    }

    mutating func pod() -> String {
        pods += 1
        return "10.244.\(pods / 250 % 250).\(pods % 250 + 2)"
    }

    /// From the block that is set aside for documentation: nobody's address.
    mutating func balancer() -> String {
        balancers += 1
        return "203.0.113.\(balancers % 253 + 1)"
    }

    mutating func nodePort() -> Int {
        nodePorts += 1
        return 30_000 + nodePorts % 2768
    }
}
