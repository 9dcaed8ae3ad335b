/// Labels and annotations under `aula.dev/`, by which aula knows what is its own.
///
/// A template that set one could make an object look like another group's, or hide it from the next plan.
enum ReservedKeys {
    private static let prefix = "aula.dev/"
    /// Those that templates may set, because they say nothing of whose the object is.
    private static let free = ["config", "deploy-token", "role", "settings", "shared"].map { prefix + $0 }
    /// A part of the mark, though not under the prefix: whoever made a manifest before, aula manages it now.
    static let manager = "app.kubernetes.io/managed-by"

    static func contain(_ key: String) -> Bool { key.hasPrefix(prefix) && !free.contains(key) }

    /// Whether a template must not write `key` where these keys lead.
    static func contain(_ key: String, at path: [String?]) -> Bool {
        guard contain(key) else { return false }
        return path.suffix(2) == ["metadata", "labels"] || path.suffix(2) == ["metadata", "annotations"]
    }
}
