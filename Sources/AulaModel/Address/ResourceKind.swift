/// What sort of thing an address names, in its system: `azure/cluster` and `gitlab/cluster` are two kinds.
package struct ResourceKind: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let system: System
    /// As the system spells it: `Role`, `variable`, `resourceGroup`.
    package let name: String

    package init(_ system: System, _ name: String) {
        self.system = system
        self.name = name
    }

    package static func kubernetes(_ name: String) -> ResourceKind { ResourceKind(.kubernetes, name) }
    package static func azure(_ name: String) -> ResourceKind { ResourceKind(.azure, name) }
    package static func gitlab(_ name: String) -> ResourceKind { ResourceKind(.gitlab, name) }

    package static let namespace = kubernetes("Namespace")
    package static let secret = kubernetes("Secret")
    package static let claim = kubernetes("PersistentVolumeClaim")

    package static let resourceGroup = azure("resourceGroup")
    package static let azureCluster = azure("cluster")

    /// Whether deleting one takes along what lives inside it, also what others put there.
    package var isContainer: Bool { [.namespace, .azureCluster, .resourceGroup].contains(self) }

    package var description: String { "\(system.rawValue)/\(name)" }

    package static func < (left: ResourceKind, right: ResourceKind) -> Bool {
        (left.system, left.name) < (right.system, right.name)
    }
}
