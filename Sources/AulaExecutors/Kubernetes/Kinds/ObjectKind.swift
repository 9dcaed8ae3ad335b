import Foundation

/// A kind of Kubernetes objects, and where its objects live in the API.
struct ObjectKind: Hashable, Sendable {
    /// Empty for the core group.
    var group: String
    var version: String
    /// `Deployment`.
    var name: String
    /// `deployments`, as paths spell it.
    var plural: String
    var isNamespaced: Bool

    init(_ group: String, _ version: String, _ name: String, _ plural: String, isNamespaced: Bool = true) {
        self.group = group
        self.version = version
        self.name = name
        self.plural = plural
        self.isNamespaced = isNamespaced
    }

    /// As manifests spell it: `v1`, `apps/v1`.
    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The path of one object, of a namespace's objects, or of all objects of the kind.
    func path(namespace: String? = nil, name: String? = nil) -> String {
        var path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        if isNamespaced, let namespace { path += "/namespaces/" + Self.escaped(namespace) }
        path += "/" + plural
        if let name { path += "/" + Self.escaped(name) }
        return path
    }

    /// Names of RBAC objects may hold colons and more.
    private static func escaped(_ segment: String) -> String {
        segment.addingPercentEncoding(withAllowedCharacters: segmentCharacters) ?? segment
    }

    private static let segmentCharacters = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
}
