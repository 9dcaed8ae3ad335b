import AulaModel
import AulaYAML

/// Changes a text at positions that a reader found in it, and leaves every other character as it was.
struct TextEdit {
    private var scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Writes into a mapping, in the line after a key's or, in a mapping in braces, before the key.
    mutating func insertLine(_ line: String, below position: SourcePosition) {
        guard !isInBraces(position) else { return insert(line + ", ", at: offset(of: position)) }
        let end = scalars[offset(of: position)...].firstIndex(of: "\n")
        let newline = end.map { $0 > 0 && scalars[$0 - 1] == "\r" ? "\r\n" : "\n" } ?? "\n"
        let indent = String(repeating: " ", count: position.column - 1)
        if let end {
            insert(indent + line + newline, at: end + 1)
        } else {
            insert(newline + indent + line, at: scalars.endIndex)
        }
    }

    mutating func insertLine(_ line: String, above position: SourcePosition) {
        guard !isInBraces(position) else { return insert(line + ", ", at: offset(of: position)) }
        insert(line + "\n" + String(repeating: " ", count: position.column - 1), at: offset(of: position))
    }

    /// Writes a value where a key has none.
    mutating func replaceNull(_ null: YAMLNode, by value: String) {
        guard case .scalar(let old, _) = null.value else { return }
        let start = offset(of: null.position)
        scalars.removeSubrange(start..<min(start + old.unicodeScalars.count, scalars.endIndex))
        insert(start > 0 && scalars[start - 1] == ":" ? " " + value : value, at: start)
    }

    private mutating func insert(_ text: String, at offset: Int) {
        scalars.insert(contentsOf: text.unicodeScalars, at: offset)
    }

    /// Whether something other than indentation stands before a key in its line.
    private func isInBraces(_ position: SourcePosition) -> Bool {
        let offset = offset(of: position)
        return scalars[max(0, offset - position.column + 1)..<offset].contains { $0 != " " }
    }

    private func offset(of position: SourcePosition) -> Int {
        var start = scalars.startIndex
        for _ in 1..<position.line {
            guard let end = scalars[start...].firstIndex(of: "\n") else { break }
            start = end + 1
        }
        return min(start + position.column - 1, scalars.endIndex)
    }
}
