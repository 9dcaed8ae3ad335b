/// What a class needs without an object that says so.
///
/// Whoever brings it declares it: a template (`runs:`, `bills:`), a kind's row, the site. Capacity, quotas and cost read
/// it and know nobody by name.
package struct Needs: Hashable, Sendable {
    package var pods: [PodNeed]
    package var charges: [Charge]

    package init(pods: [PodNeed] = [], charges: [Charge] = []) {
        self.pods = pods
        self.charges = charges
    }

    package static func += (left: inout Needs, right: Needs) {
        left.pods += right.pods
        left.charges += right.charges
    }
}

/// Pods that no manifest of the class describes: a controller's, an add-on's, the jobs of a runner.
package struct PodNeed: Hashable, Sendable {
    package var count: Int
    /// So many on each node of the cluster.
    package var isPerNode: Bool
    /// What one of them asks for, as a container's `resources`.
    package var resources: JSON
    /// The namespace whose quota they count against; nil for one that is not the class's.
    package var namespace: String?

    package init(count: Int = 1, isPerNode: Bool = false, resources: JSON = [:], namespace: String? = nil) {
        self.count = count
        self.isPerNode = isPerNode
        self.resources = resources
        self.namespace = namespace
    }

    /// The spec of one of them, as far as somebody cares who makes room.
    package var pod: JSON { ["containers": [["resources": resources]]] }
}

/// Something that is billed, beside a cluster's nodes and the volumes.
package struct Charge: Hashable, Sendable {
    /// What it is in the price book.
    package var item: String
    /// What it is for.
    package var name: String
    /// Nil for what is billed by use: it is named, not reckoned.
    package var count: Int?
    /// Whether all of one item and name are the same thing, whoever declares it.
    package var isShared: Bool
    /// Whose it is, where it belongs to one group alone.
    package var group: String?

    package init(_ item: String, for name: String, count: Int?, isShared: Bool = false, group: String? = nil) {
        self.item = item
        self.name = name
        self.count = count
        self.isShared = isShared
        self.group = group
    }

    /// A public IP address.
    package static let address = "publicIP/standard"
    /// A rule of the load balancer; the price book knows the first five and further ones.
    package static let rule = "loadBalancer/rule"
}
