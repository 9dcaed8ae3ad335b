/// The stable name of a resource: system, kind and path, such as `kubernetes/Role/memo2-g1-test/deployer`.
///
/// Where a system has several sites, its name says which: `kubernetes@west/Role/memo2-g1-test/deployer`. An address is
/// made of the first name that a group ever had, so that renaming a group moves nothing. All of it is one text: a
/// university has 70,000 addresses, which are sorted, looked up and carried along.
package struct Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    /// An address by its parts; `site` is nil where its system has only one.
    package init(_ kind: ResourceKind, _ path: String, site: String? = nil) {
        text = "\(Self.head(kind.system, site))/\(kind.name)/\(path)"
    }

    /// A Kubernetes object; `namespace` is nil for objects of the cluster.
    package static func kubernetes(
        _ kind: String, _ namespace: String?, _ name: String, site: String? = nil
    ) -> Address {
        let head = head(.kubernetes, site)
        guard let namespace else { return Address(whole: "\(head)/\(kind)/\(name)") }
        return Address(whole: "\(head)/\(kind)/\(namespace)/\(name)")
    }

    package static func namespace(_ name: String, site: String? = nil) -> Address {
        Address(.namespace, name, site: site)
    }

    package static func resourceGroup(_ name: String, site: String? = nil) -> Address {
        Address(.resourceGroup, name, site: site)
    }

    package static func azureCluster(_ name: String, in resourceGroup: String, site: String? = nil) -> Address {
        Address(.azureCluster, "\(resourceGroup)/\(name)", site: site)
    }

    /// Reads an address that somebody wrote; nil for text that is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let head = parts[0].split(separator: "@", omittingEmptySubsequences: false)
        guard head.count <= 2, head.allSatisfy({ !$0.isEmpty }), System(rawValue: String(head[0])) != nil else {
            return nil
        }
        self.text = text
    }

    private init(whole text: String) {
        self.text = text
    }

    private static func head(_ system: System, _ site: String?) -> String {
        site.map { "\(system.rawValue)@\($0)" } ?? system.rawValue
    }

    package var description: String { text }
    package static func < (left: Address, right: Address) -> Bool { left.text < right.text }
}

// MARK: Its parts

extension Address {
    /// No address can be made that begins with another word.
    package var system: System {
        System.allCases.first { isOf($0) } ?? .kubernetes
    }

    /// Which of several sites it is in; nil where its system has only one.
    package var site: String? {
        text.utf8[..<headEnd].firstIndex(of: Self.at).map { String(text[text.utf8.index(after: $0)..<headEnd]) }
    }

    package var kind: ResourceKind { ResourceKind(system, String(text[kindRange])) }

    /// Everything after the kind.
    package var path: String { String(text.utf8[kindRange.upperBound...].dropFirst()) ?? "" }

    /// What a path ends with: an object's own name.
    package var name: String { text.lastIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text }

    /// Whether it is of that kind, wherever it is; says so without taking the text apart.
    package func `is`(_ kind: ResourceKind) -> Bool {
        isOf(kind.system) && text.utf8[kindRange].elementsEqual(kind.name.utf8)
    }

    /// Whether deleting it takes along what lives inside it: a namespace, a cluster, a resource group.
    package var isContainer: Bool { kind.isContainer }

    private static let slash = UInt8(ascii: "/")
    private static let at = UInt8(ascii: "@")

    private func isOf(_ system: System) -> Bool {
        let name = system.rawValue.utf8
        guard text.utf8.starts(with: name) else { return false }
        let next = text.utf8.dropFirst(name.count).first
        return next == Self.slash || next == Self.at
    }

    private var headEnd: String.Index { text.utf8.firstIndex(of: Self.slash) ?? text.endIndex }

    private var kindRange: Range<String.Index> {
        let rest = text.utf8[headEnd...].dropFirst()
        return rest.startIndex..<(rest.firstIndex(of: Self.slash) ?? rest.endIndex)
    }
}

// MARK: Others like it

extension Address {
    /// The same thing in one of several sites.
    package func at(_ site: String?) -> Address { Address(kind, path, site: site) }

    /// A younger one of the same name, such as `…/gitlab-deployer-token-3`, or a second holder of it: `…/g1#4711`.
    package func numbered(_ number: Int, after mark: Character) -> Address {
        Address(whole: "\(text)\(mark)\(number)")
    }

    /// What `numbered` was called on; nil for an address without a number.
    package func split(at mark: Character) -> (first: Address, number: Int)? {
        guard let index = text.lastIndex(of: mark), let number = Int(text[text.index(after: index)...]),
            let first = Address(String(text[..<index]))
        else { return nil }
        return (first, number)
    }
}
