import AulaModel
import AulaYAML

extension CohortReader {
    /// A DNS label (RFC 1123): small letters, digits and dashes, at most 63, a letter or digit at both ends.
    mutating func label(_ node: YAMLNode, _ path: String) -> String? {
        guard let text = text(node, path), checkLabel(text, path, at: node.position) else { return nil }
        return text
    }

    /// Says what keeps a text from being a DNS label.
    mutating func checkLabel(_ text: String, _ path: String, at position: SourcePosition) -> Bool {
        guard text.utf8.count <= Slug.limit || !text.isLabelText else {
            error("`\(path)` has \(text.utf8.count) characters; a name has at most \(Slug.limit)", at: position)
            return false
        }
        guard text.isLabelText, !text.hasPrefix("-"), !text.hasSuffix("-") else {
            let slug = String(Slug.of(text).prefix(Slug.limit))
            error(
                "\(quoted(text)) is no name for `\(path)`: small letters, digits and dashes inside are allowed",
                at: position, hint: slug.isEmpty ? nil : "write \(slug)")
            return false
        }
        return true
    }

    /// A slug of free text that is short enough to be a name.
    mutating func slug(of text: String, _ path: String, at position: SourcePosition) -> String? {
        let slug = Slug.of(text)
        guard !slug.isEmpty else {
            error("\(quoted(text)) has no letter (a–z) or digit to make a name of", at: position)
            return nil
        }
        return checkLabel(slug, path, at: position) ? slug : nil
    }
}

extension String {
    var isLabelText: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
