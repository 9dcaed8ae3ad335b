package import AulaModel
import AulaYAML

/// One setting of a template that a cohort file may give.
package struct ParameterDeclaration: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case string, integer, number, boolean, list, mapping
        /// Kubernetes' notation of an amount: `500m`, `64Mi`, `8Gi`.
        case quantity
        /// The path of the teacher's own manifests, a file or a folder, relative to the cohort file.
        case files
    }

    package var name: String
    package var description: String
    package var kind: Kind
    package var required = false
    /// May hold placeholders for built-in names and for parameters that are declared before this one.
    package var standard: JSON = .null
    package var choices: [JSON] = []
    package var minimum: Int?
    package var maximum: Int?
    /// Where the template declares it.
    package var position: SourcePosition
}

extension ParameterDeclaration {
    /// What is wrong with a value; nil when nothing is.
    ///
    /// Text that is only a placeholder fits every kind.
    func problem(with value: JSON) -> String? {
        if value.isNull { return required ? "`\(name)` needs a value" : nil }
        if case .string(let text) = value, Placeholders(text).isOnlyOneName { return nil }
        guard fits(value) else { return "`\(name)` must be \(kind.article), not \(value.shortText)" }
        if !choices.isEmpty, !choices.contains(value) {
            return "`\(name)` must be one of \(choices.map(\.shortText).joined(separator: ", "))"
        }
        if case .int(let number) = value {
            if let minimum, number < minimum { return "`\(name)` must be at least \(minimum)" }
            if let maximum, number > maximum { return "`\(name)` must be at most \(maximum)" }
        }
        return nil
    }

    /// What was probably meant by a value that does not fit: a number in quotes, `8GB`, which is no amount of
    /// Kubernetes', a number or a flag that is due as text.
    func hint(for value: JSON) -> String? {
        guard let text = value.string else {
            return if kind == .string, value.array == nil, value.object == nil { "write \"\(value.text)\"" } else {
                nil
            }
        }
        switch kind {
        case .integer, .number:
            return Double(text) == nil ? nil : "write \(text) without quotes"
        case .boolean:
            return Scalar.intendedFlag(text).map { "write \($0)" }
        case .quantity:
            guard let match = text.wholeMatch(of: /([0-9.]+) *([KkMmGgTt])i?[Bb]?/) else { return nil }
            return "write \(match.1)\(match.2.uppercased())i"
        default: return nil
        }
    }

    private func fits(_ value: JSON) -> Bool {
        switch (kind, value) {
        case (.string, .string), (.files, .string), (.integer, .int), (.number, .int), (.number, .double),
            (.boolean, .bool), (.list, .array), (.mapping, .object):
            true
        case (.quantity, .int(let number)): number >= 0
        case (.quantity, .string(let text)): Self.isQuantity(text)
        default: false
        }
    }

    /// A decimal number with one of the suffixes of Kubernetes' quantities.
    static func isQuantity(_ text: String) -> Bool {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffixes = ["", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
        return Double(number) != nil && suffixes.contains(String(text.dropFirst(number.count)))
    }
}

extension ParameterDeclaration.Kind {
    var article: String {
        switch self {
        case .string: "text"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .list: "a list"
        case .mapping: "a mapping"
        case .quantity: "an amount such as 500m or 64Mi"
        case .files: "the path of a file or folder"
        }
    }
}

extension JSON {
    /// The value for an error message, cut where it is long.
    fileprivate var shortText: String {
        let full = string.map { "`\($0)`" } ?? text
        return full.count > 40 ? full.prefix(37) + "..." : full
    }
}
