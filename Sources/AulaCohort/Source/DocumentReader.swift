import AulaModel
import Yams

/// Reads a file of one YAML document into a tree with places, safely for any input.
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
    static let depthLimit = 50

    /// A value with how many values it holds and how deep they nest.
    struct Measured {
        var node: SourceNode
        var size: Int
        var height: Int
    }

    let file: SourceFile
    var diagnostics: [Diagnostic] = []
    var anchors: [String: Measured] = [:]
    var aliased = 0

    /// The document's root; nil when there is none or when an error stops the reading.
    static func read(_ file: SourceFile) -> (root: SourceNode?, diagnostics: [Diagnostic]) {
        if let problem = file.unreadable { return (nil, [problem]) }
        var reader = DocumentReader(file: file)
        let root = reader.root()
        return (reader.diagnostics.isEmpty ? root : nil, reader.diagnostics)
    }

    private mutating func root() -> SourceNode? {
        do {
            // No resolver: numbers and dates stay as they are written.
            let parser = try Parser(yaml: swapped(file.text, "*", Self.aliasSign), resolver: .basic, encoding: .utf8)
            // Nodes refer weakly to their anchors, which the parser owns.
            defer { withExtendedLifetime(parser) {} }
            guard let node = try parser.nextRoot() else { return nil }
            if let second = try parser.nextRoot() {
                report("a second document begins here", at: place(of: second), hint: "keep one document per file")
            }
            return try convert(node, depth: 1).node
        } catch let error as UnreadableNode {
            diagnostics.append(error.diagnostic)
        } catch {
            diagnostics.append(Diagnostic(yamlError: error, in: file))
        }
        return nil
    }

    mutating func report(_ message: String, at place: Place, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: place, hint: hint))
    }

    func place(of node: Yams.Node) -> Place {
        Place(file: file.path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }
}

/// The text with every `old` as `new`.
func swapped(_ text: String, _ old: Unicode.Scalar, _ new: Unicode.Scalar) -> String {
    guard text.unicodeScalars.contains(old) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == old ? new : scalar) }
    return String(scalars)
}
