import AulaModel

/// A mapping whose keys were checked, with its path in the file such as `azure.cluster`.
struct Fields {
    var path: String
    var position: SourcePosition
    var entries: [SourceEntry]
    /// Known keys that unknown ones were probably meant to be: they are not missing as well.
    var misspelled: Set<String> = []

    /// The value of a key; nil when it is missing or null.
    subscript(key: String) -> SourceNode? {
        entries.first { $0.key == key && !$0.node.isNull }?.node
    }

    func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Where a finding about a key belongs: its value, or the mapping that lacks it.
    func position(of key: String) -> SourcePosition { self[key]?.position ?? position }
}
