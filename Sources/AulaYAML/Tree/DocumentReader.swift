import AulaModel
import Yams

/// Reads YAML into trees with positions, safely for any input.
///
/// Yams expands aliases while it parses and then hashes what it expanded: ten short lines can keep it busy for ever.
/// So the sign of an alias is swapped for one that YAML gives no meaning to, and aliases are resolved here, where what
/// they add is counted. Nesting is bounded by libyaml first (1,000 levels) and by `depthLimit` afterwards.
struct DocumentReader {
    /// Stands for `*` while Yams parses.
    static let aliasSign: Unicode.Scalar = "\u{E000}"
    /// How many values all aliases together may add.
    static let aliasLimit = 100_000
    /// How deep lists and mappings may nest.
    static let depthLimit = 64

    /// A value with how many values it holds and how deep they nest.
    struct Measured {
        var node: YAMLNode
        var size: Int
        var height: Int
    }

    let file: SourceFile
    var diagnostics: [Diagnostic] = []
    var anchors: [String: Measured] = [:]
    var aliased = 0

    init(_ file: SourceFile) {
        self.file = file
    }

    /// The documents that are not empty, as far as an error does not stop the reading.
    mutating func documents(atMost limit: Int) -> [YAMLNode] {
        if let problem = unreadable() {
            diagnostics.append(problem)
            return []
        }
        var roots: [YAMLNode] = []
        do {
            let text =
                file.text.unicodeScalars.first == "\u{FEFF}" ? String(file.text.unicodeScalars.dropFirst()) : file.text
            // No resolver: numbers and dates stay as they are written.
            let parser = try Parser(yaml: swapped(text, "*", Self.aliasSign), resolver: .basic, encoding: .utf8)
            // Nodes refer weakly to their anchors, which the parser owns.
            defer { withExtendedLifetime(parser) {} }
            var count = 0
            while let node = try parser.nextRoot() {
                count += 1
                guard count <= limit else {
                    report("a second document begins here", at: position(of: node), hint: "keep one document per file")
                    break
                }
                anchors = [:]
                let root = try convert(node, depth: 1).node
                if !root.isNull { roots.append(root) }
            }
        } catch let error as UnreadableNode {
            diagnostics.append(error.diagnostic)
        } catch {
            diagnostics.append(Diagnostic(yamlError: error, in: file))
        }
        return roots
    }

    /// What is wrong with the text before YAML is even looked at; nil when nothing is.
    private func unreadable() -> Diagnostic? {
        if file.text.utf8.count > SourceFile.limit { return SourceFile.tooLarge(file.path) }
        guard let index = file.text.unicodeScalars.firstIndex(where: { !Self.isPrintable($0) }) else { return nil }
        let code = String(file.text.unicodeScalars[index].value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        return Diagnostic(
            .error, "the character \(name) may not appear in this file",
            at: SourcePosition(file: file.path, after: file.text.unicodeScalars[..<index]), hint: "remove it")
    }

    /// What YAML calls printable (1.1, section 5.1), without the stand-in for `*`.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x9, 0xA, 0xD, 0x85, 0xA0...0xD7FF, 0x10000...0x10FFFF: true
        case 0xE000...0xFFFD: scalar != aliasSign
        default: false
        }
    }

    mutating func report(_ message: String, at position: SourcePosition, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: position, hint: hint))
    }

    func position(of node: Yams.Node) -> SourcePosition {
        SourcePosition(file: file.path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}

/// The text with every `old` as `new`.
func swapped(_ text: String, _ old: Unicode.Scalar, _ new: Unicode.Scalar) -> String {
    guard text.unicodeScalars.contains(old) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == old ? new : scalar) }
    return String(scalars)
}
