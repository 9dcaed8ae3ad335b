package import AulaModel

/// A mapping whose keys were checked, with its path in the file such as `azure.cluster`.
package struct Fields: Sendable {
    package var path: String
    package var position: SourcePosition
    package var entries: [YAMLEntry]
    /// Known keys that unknown ones were probably meant to be: they are not missing as well.
    package var misspelled: Set<String> = []

    package init(path: String, position: SourcePosition, entries: [YAMLEntry]) {
        self.path = path
        self.position = position
        self.entries = entries
    }

    /// The value of a key; nil when it is missing or null.
    package subscript(key: String) -> YAMLNode? {
        entries.first { $0.key == key && !$0.node.isNull }?.node
    }

    package func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Where a finding about a key belongs: its value, or the mapping that lacks it.
    package func position(of key: String) -> SourcePosition { self[key]?.position ?? position }
}
