import AulaModel
import Yams

/// The documents of one file, as Yams' nodes with their positions.
struct YAMLDocuments {
    /// The largest template or manifest file, in bytes.
    static let sizeLimit = 1 << 20

    var roots: [Node] = []
    var diagnostics: [Diagnostic] = []

    init(_ file: SourceFile) {
        guard file.text.utf8.count <= Self.sizeLimit else {
            diagnostics.append(
                Diagnostic(
                    .error, "the file is larger than 1 MiB", at: SourcePosition(file: file.path, line: 1, column: 1),
                    hint: "the Kubernetes API takes no object of that size; split the file"))
            return
        }
        do {
            // No resolver: `JSON(plain:)` reads numbers and booleans without a regular expression for each scalar.
            let parser = try Parser(yaml: file.text, resolver: .basic, encoding: .utf8)
            while let root = try parser.nextRoot() {
                if root.scalar?.string.isEmpty != true { roots.append(root) }
            }
        } catch {
            diagnostics.append(Self.finding(error, in: file.path))
        }
    }

    private static func finding(_ error: any Error, in path: String) -> Diagnostic {
        func finding(_ problem: String, _ line: Int, _ column: Int) -> Diagnostic {
            Diagnostic(.error, "not YAML: \(problem)", at: SourcePosition(file: path, line: line, column: column))
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return finding(problem, mark.line, mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "`\($0)`" }.joined(separator: ", ")
            return finding("\(names) is given twice", context.mark.line, context.mark.column)
        case .reader(let problem, _, _, _):
            return finding(problem, 1, 1)
        default:
            return finding("\(error)", 1, 1)
        }
    }
}

extension Node {
    func position(in file: String) -> SourcePosition {
        SourcePosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    /// The node's value without regard to placeholders; a mapping's keys are read as text.
    var json: JSON {
        switch self {
        case .scalar(let scalar): JSON(scalar: scalar)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping(let mapping): .object(JSONObject(mapping.map { ($0.key.scalar?.string ?? "", $0.value.json) }))
        case .alias: .null
        }
    }
}

extension JSON {
    /// What a scalar means: text in quotes or tagged `!!str` is text, anything else is read by YAML's core schema.
    init(scalar: Node.Scalar) {
        let isText = scalar.style != .plain || scalar.tag.rawValue == "tag:yaml.org,2002:str"
        self = isText ? .string(scalar.string) : JSON(plain: scalar.string)
    }

    /// A scalar without quotes, read by YAML's core schema, and octal numbers as Kubernetes' own examples write them.
    init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        default: self = JSON(number: text) ?? .string(text)
        }
    }

    private init?(number text: String) {
        guard let first = text.utf8.first, first < UInt8(ascii: ":"), text.utf8.count < 32 else { return nil }
        if text.hasPrefix("0x"), let value = Int(text.dropFirst(2), radix: 16) {
            self = .int(value)
        } else if text.hasPrefix("0o"), let value = Int(text.dropFirst(2), radix: 8) {
            self = .int(value)
        } else if text.count > 1, text.hasPrefix("0"), text.utf8.allSatisfy({ (48..<56).contains($0) }),
            let value = Int(text, radix: 8)
        {
            self = .int(value)
        } else if let value = Int(text) {
            self = .int(value)
        } else if text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let value = Double(text) {
            self = .double(value)
        } else {
            return nil
        }
    }
}
