import Foundation

/// Turns a name that people write into a DNS label.
package enum Slug {
    /// The longest DNS label, and the longest name of a namespace.
    package static let limit = 63

    /// A pattern with `*` and `?` whose other parts are slugs: `Ñandú*` becomes `nandu*`.
    package static func ofPattern(_ pattern: String) -> String {
        var result = ""
        var part = ""
        for character in pattern {
            guard character == "*" || character == "?" else {
                part.append(character)
                continue
            }
            result += of(part) + String(character)
            part = ""
        }
        return result + of(part)
    }

    /// Lower case, accents removed, everything else a single dash; empty when nothing is left.
    package static func of(_ text: String) -> String {
        var slug = ""
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
            case _ where scalar.properties.generalCategory == .nonspacingMark: continue
            default: if !slug.isEmpty && !slug.hasSuffix("-") { slug += "-" }
            }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug
    }
}
