extension ClusterSettings.NodePool {
    /// Nodes of one of Azure's sizes; an unknown size counts as 2 cores and 4 GiB.
    package init(count: Int, size: String) {
        self.init(count: count)
        self.size = size
        guard let known = AzureCatalogue.sizes.first(where: { $0.name.lowercased() == size.lowercased() }) else {
            return
        }
        cpu = String(known.cores)
        memory = "\(known.memoryGB)Gi"
    }
}
