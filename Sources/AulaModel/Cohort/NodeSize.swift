/// What one node of a given size holds.
package struct NodeSize: Hashable, Sendable {
    /// Such as `Standard_B2s`.
    package var name: String
    package var vcpu: Int
    /// MiB of the machine.
    package var memory: Int
    /// How many data disks can be attached at once: every volume in use takes one.
    package var dataDisks: Int
    /// What AKS lets run on one node with the network that aula asks for.
    package var maxPods: Int
    /// Millicores that AKS keeps for itself.
    package var reservedCPU: Int
    /// MiB that AKS keeps for itself, its eviction threshold included.
    package var reservedMemory: Int
    /// GiB of the largest OS disk that surely fits the machine's own storage and so costs nothing; 0 for none.
    package var ephemeralOSDisk: Int

    package init(
        name: String, vcpu: Int, memory: Int, dataDisks: Int, maxPods: Int, reservedCPU: Int = 0,
        reservedMemory: Int = 0, ephemeralOSDisk: Int = 0
    ) {
        self.name = name
        self.vcpu = vcpu
        self.memory = memory
        self.dataDisks = dataDisks
        self.maxPods = maxPods
        self.reservedCPU = reservedCPU
        self.reservedMemory = reservedMemory
        self.ephemeralOSDisk = ephemeralOSDisk
    }

    /// Millicores that pods may request.
    package var allocatableCPU: Int { vcpu * 1000 - reservedCPU }

    /// MiB that pods may request.
    package var allocatableMemory: Int { memory - reservedMemory }
}

/// The node sizes that aula knows, smallest first.
package struct NodeSizes: Hashable, Sendable {
    package let all: [NodeSize]

    package init(_ sizes: [NodeSize] = []) {
        all = sizes.sorted { ($0.vcpu, $0.memory, $0.name) < ($1.vcpu, $1.memory, $1.name) }
    }

    /// Nil for a size that nobody described: then nothing can be said about what fits.
    package subscript(name: String) -> NodeSize? { all.first { $0.name == name } }
}
