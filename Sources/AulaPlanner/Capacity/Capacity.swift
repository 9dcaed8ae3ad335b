package import AulaModel

/// Whether a class fits its nodes, and the smallest change that makes it fit.
package struct Capacity {
    private let demand: Demand
    /// What the cluster runs itself.
    private let system: Demand

    /// Says what does not fit; nothing for a cluster that is not ours, or a size that nobody described.
    package static func check(_ blueprint: Blueprint, sizes: NodeSizes) -> [Diagnostic] {
        guard let azure = blueprint.cohort.site.azure, let size = sizes[azure.cluster.nodeSize],
            !azure.existing.contains("cluster")
        else { return [] }
        let room = Capacity(demand: Demand(blueprint), system: Demand(azure.needs.pods))
        let nodes = azure.cluster.nodes
        let lacks = room.lacking(size, nodes)
        guard !lacks.isEmpty else { return [] }
        return [
            Diagnostic(
                .error, "the class does not fit \(nodes) × \(size.name): \(lacks.joined(separator: "; "))",
                at: blueprint.cohort.positions["azure.cluster.nodes"] ?? blueprint.cohort.positions["azure.cluster"],
                hint: room.hint(size, nodes, sizes))
        ]
    }

    /// In words, each thing that so many nodes of a size have too little of.
    private func lacking(_ size: NodeSize, _ nodes: Int) -> [String] {
        let wanted = demand.pods(on: nodes)
        let system = system.pods(on: nodes)
        let rows: [(name: String, wanted: Int, there: Int, unit: String)] = [
            ("pods", wanted.count, size.maxPods * nodes - system.count, ""),
            ("CPU", wanted.requests.cpu, size.allocatableCPU * nodes - system.requests.cpu, "m"),
            ("memory", wanted.requests.memory, size.allocatableMemory * nodes - system.requests.memory, " MiB"),
            ("volumes", demand.volumes, size.dataDisks * nodes, ""),
        ]
        return rows.filter { $0.wanted > $0.there }.map {
            "\($0.name): \($0.wanted)\($0.unit) wanted, \(max(0, $0.there))\($0.unit) there"
        } + tooLarge(for: size)
    }

    /// Pods that fit no node, however many nodes there are.
    private func tooLarge(for size: NodeSize) -> [String] {
        let (one, none) = (system.pods(on: 1).requests, system.pods(on: 0).requests)
        let cpu = size.allocatableCPU - (one.cpu - none.cpu)
        let memory = size.allocatableMemory - (one.memory - none.memory)
        return demand.largest.sorted { $0.key < $1.key }.compactMap { name, amount in
            if amount.cpu > cpu { return "one pod of \(name): \(amount.cpu)m CPU wanted, \(cpu)m on a node" }
            if amount.memory > memory {
                return "one pod of \(name): \(amount.memory) MiB of memory wanted, \(memory) MiB on a node"
            }
            return nil
        }
    }

    private func hint(_ size: NodeSize, _ nodes: Int, _ sizes: NodeSizes) -> String {
        let more = (nodes + 1...nodes + 1000).first { lacking(size, $0).isEmpty }
        let larger = sizes.all.first { $0.name != size.name && lacking($0, nodes).isEmpty }
        var ways = [more.map { "nodes: \($0)" }, larger.map { "nodeSize: \($0.name)" }].compactMap { $0 }
        if demand.volumes > size.dataDisks * nodes { ways.append("shared: environment for the database") }
        guard !ways.isEmpty else { return "ask for less, or describe a larger size in the prices" }
        return "smallest changes that make it fit: \(ways.joined(separator: ", or "))"
    }
}
