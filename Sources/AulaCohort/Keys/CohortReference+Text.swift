import AulaModel

extension CohortReference {
    /// What `explain` prints: what the key is, what holds without it, what it means, how it is written, what is inside.
    package static func explanation(of entry: Entry) -> String {
        var text = "\(entry.path): \(plain(entry.key.type.words))\n\n"
        text += "  \(plain(entry.key.meaning))\n"
        text += "  Default: \(plain(entry.key.standardText)).\n\n"
        text += example(entry).map { "    \($0)\n" }.joined()
        if let set = entry.key.type.keySet { text += "\n" + list(set.keys, takesParameters: set.takesParameters) }
        return text
    }

    /// The keys at the top of a file.
    package static var overview: String {
        "The keys of a cohort file; `aula explain KEY` says more of each.\n\n" + list(CohortKeys.set.keys)
    }

    /// The table of a part's keys in Markdown; nil where a path names nothing that has keys.
    package static func table(of path: String) -> String? {
        guard let keys = keys(in: path) else { return nil }
        let rows = keys.map { key in
            let words = key.type.keySet == nil ? " \(capitalized(key.type.words))." : ""
            return "| `\(key.name)` | \(key.standardText) | \(key.meaning)\(words) |"
        }
        return (["| key | default | meaning |", "|---|---|---|"] + rows).joined(separator: "\n") + "\n"
    }

    private static func list(_ keys: [KeyDeclaration], takesParameters: Bool = false) -> String {
        let width = keys.map(\.name.count).max() ?? 0
        let lines = keys.map { key in
            "  " + key.name + String(repeating: " ", count: width + 2 - key.name.count) + plain(key.meaning) + "\n"
        }
        return lines.joined() + (takesParameters ? "\n  Any other key is a parameter of the template.\n" : "")
    }

    /// The key with its example, below the keys that it is inside of.
    private static func example(_ entry: Entry) -> [String] {
        var lines: [String] = []
        var indent = ""
        let parts = entry.path.split(separator: ".").map(String.init)
        var dash = ""
        for part in parts.dropLast() {
            let isList = part.hasSuffix("[]")
            lines.append(indent + dash + (isList ? String(part.dropLast(2)) : part) + ":")
            indent += dash.isEmpty ? "  " : "    "
            dash = isList ? "- " : ""
        }
        return lines + [indent + dash + "\(entry.key.name): \(entry.key.example)"]
    }

    /// Without the marks of Markdown.
    private static func plain(_ text: String) -> String {
        text.replacing("`", with: "").replacing(#/\[([^\]]+)\]\([^)]+\)/#) { String($0.1) }
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
