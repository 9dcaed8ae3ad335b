/// One of the three systems that a cohort lives in.
package enum System: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
    case azure
    case kubernetes
    case gitlab

    package static func < (left: System, right: System) -> Bool { left.rawValue < right.rawValue }
}

/// The stable name of a resource: system, kind and path, such as `kubernetes/Role/memo2-g1-test/deployer`.
///
/// An address is made of the first name that a group ever had, so that renaming a group moves nothing.
package struct Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(_ system: System, _ kind: String, _ path: String) {
        text = "\(system.rawValue)/\(kind)/\(path)"
    }

    /// A Kubernetes object; `namespace` is nil for objects of the cluster.
    package static func kubernetes(_ kind: String, _ namespace: String?, _ name: String) -> Address {
        guard let namespace else { return Address(.kubernetes, kind, name) }
        return Address("\(System.kubernetes.rawValue)/\(kind)/\(namespace)/\(name)")
    }

    /// A GitLab thing by its logical path, which begins with the cohort's name.
    package static func gitlab(_ kind: String, _ path: String) -> Address { Address(.gitlab, kind, path) }

    package static func azure(_ kind: String, _ path: String) -> Address { Address(.azure, kind, path) }

    package var description: String { text }
    package static func < (left: Address, right: Address) -> Bool { left.text < right.text }

    package var system: System {
        System(rawValue: String(text.utf8.prefix { $0 != Self.slash }) ?? "") ?? .kubernetes
    }

    /// What sort of thing it is in its system: `Role`, `variable`, `cluster`.
    package var kind: String {
        String(text.utf8[afterSystem...].prefix { $0 != Self.slash }) ?? ""
    }

    /// Everything after the kind.
    package var path: String {
        String(text.utf8[afterSystem...].drop { $0 != Self.slash }.dropFirst()) ?? ""
    }

    private static let slash = UInt8(ascii: "/")

    private var afterSystem: String.Index {
        text.utf8.firstIndex(of: Self.slash).map(text.utf8.index(after:)) ?? text.endIndex
    }
    /// Whether other things live inside it and go with it: a namespace, a cluster, a resource group.
    package var isContainer: Bool { ["Namespace", "cluster", "resourceGroup"].contains(kind) }
}
