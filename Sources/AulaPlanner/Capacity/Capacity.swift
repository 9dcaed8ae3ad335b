package import AulaModel

/// Whether a class fits its nodes, and the smallest change that makes it fit.
package enum Capacity {
    /// What a fresh AKS cluster with Cilium runs itself: DNS, metrics, proxies and disk drivers.
    ///
    /// General knowledge, rounded up; to be checked on a real cluster with `kubectl describe nodes`.
    static let systemCPU = (cluster: 300, node: 200)
    static let systemMemory = (cluster: 250, node: 250)
    static let systemPods = (cluster: 8, node: 6)

    /// Says what does not fit; nothing for a cluster that is not ours, or a size that nobody described.
    package static func check(_ blueprint: Blueprint, sizes: NodeSizes) -> [Diagnostic] {
        guard let azure = blueprint.cohort.site.azure, let size = sizes[azure.cluster.nodeSize],
            !azure.existing.contains("cluster")
        else { return [] }
        let demand = Demand(blueprint)
        let nodes = azure.cluster.nodes
        let lacks = lacking(demand, size, nodes)
        guard !lacks.isEmpty else { return [] }
        return [
            Diagnostic(
                .error, "the class does not fit \(nodes) × \(size.name): \(lacks.joined(separator: "; "))",
                at: blueprint.cohort.positions["azure.cluster.nodes"] ?? blueprint.cohort.positions["azure.cluster"],
                hint: hint(demand, size, nodes, sizes))
        ]
    }

    /// In words, each thing that there is too little of.
    private static func lacking(_ demand: Demand, _ size: NodeSize, _ nodes: Int) -> [String] {
        let wanted = demand.pods(on: nodes)
        let rows: [(name: String, wanted: Int, there: Int, unit: String)] = [
            ("pods", wanted.count, size.maxPods * nodes - systemPods.cluster - systemPods.node * nodes, ""),
            ("CPU", wanted.requests.cpu, size.allocatableCPU * nodes - systemCPU.cluster - systemCPU.node * nodes, "m"),
            (
                "memory", wanted.requests.memory,
                size.allocatableMemory * nodes - systemMemory.cluster - systemMemory.node * nodes, " MiB"
            ),
            ("volumes", demand.volumes, size.dataDisks * nodes, ""),
        ]
        return rows.filter { $0.wanted > $0.there }.map {
            "\($0.name): \($0.wanted)\($0.unit) wanted, \(max(0, $0.there))\($0.unit) there"
        }
    }

    private static func hint(_ demand: Demand, _ size: NodeSize, _ nodes: Int, _ sizes: NodeSizes) -> String {
        let more = (nodes + 1...nodes + 1000).first { lacking(demand, size, $0).isEmpty }
        let larger = sizes.all.first { $0.name != size.name && lacking(demand, $0, nodes).isEmpty }
        var ways = [more.map { "nodes: \($0)" }, larger.map { "nodeSize: \($0.name)" }].compactMap { $0 }
        if demand.volumes > size.dataDisks * nodes { ways.append("shared: environment for the database") }
        guard !ways.isEmpty else { return "ask for less, or describe a larger size in the prices" }
        return "smallest changes that make it fit: \(ways.joined(separator: ", or "))"
    }
}
