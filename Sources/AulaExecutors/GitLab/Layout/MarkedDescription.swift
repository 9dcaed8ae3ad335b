import AulaModel

/// The description of a GitLab thing: the users' text, and on its last line aula's mark.
///
/// `aula:memo2/m2k7q9xd key=memo2/g1` tells whose it is and, for groups and projects, the first name that it had, so
/// that a renamed group is found again. The root's line also records the coordinates of the cohort.
struct MarkedDescription {
    /// Everything above the mark; never changed.
    var text: String
    var mark: Mark?
    /// The logical path behind `key=`.
    var key: String?
    /// The other `name=value` words of the line.
    var coordinates: String

    init(_ description: String?) {
        let lines = (description ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        let last = lines.lastIndex { !$0.allSatisfy(\.isWhitespace) }
        guard let last, let mark = Mark(line: lines[last]) else {
            (text, mark, key, coordinates) = (description ?? "", nil, nil, "")
            return
        }
        self.mark = mark
        text = lines[..<last].joined(separator: "\n")
        while text.last?.isWhitespace == true { text.removeLast() }
        let words = lines[last].split(separator: " ").dropFirst().filter { $0.contains("=") }
        key = words.first { $0.hasPrefix("key=") }.map { String($0.dropFirst("key=".count)) }
        coordinates = words.filter { !$0.hasPrefix("key=") }.joined(separator: " ")
    }

    /// The description to write.
    var description: String {
        guard let mark else { return text }
        let words = [mark.line, key.map { "key=\($0)" } ?? "", coordinates].filter { !$0.isEmpty }
        let line = words.joined(separator: " ")
        return text.isEmpty ? line : "\(text)\n\n\(line)"
    }
}
