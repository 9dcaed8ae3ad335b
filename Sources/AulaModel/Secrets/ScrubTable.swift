import Foundation

/// Takes secrets out of texts.
///
/// A text is scanned once, whatever the number of secrets: eight bytes at a time are looked up in a table of the
/// secrets' beginnings, and what begins like some (the tokens of a cluster all do) is looked up once for each length
/// that they have. Shorter secrets are not known to it; aula makes none and asks for none.
package struct ScrubTable: Sendable {
    private static let width = 8
    package static let replacement = "[secret]"

    /// Secrets as bytes that begin alike.
    private struct Family {
        var texts: Set<[UInt8]> = []
        /// Longest first.
        var lengths: [Int] = []

        mutating func insert(_ text: [UInt8]) {
            guard texts.insert(text).inserted, !lengths.contains(text.count) else { return }
            lengths = (lengths + [text.count]).sorted(by: >)
        }
    }

    /// By their first eight bytes.
    private var secrets: [UInt64: Family] = [:]

    package init() {}

    /// Remembers a secret, and the base64 and percent-encoded forms in which it travels.
    package mutating func insert(_ secret: String) {
        guard !contains(secret) else { return }
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
        let forms = [secret, Data(secret.utf8).base64EncodedString(), percent]
        for bytes in forms.map({ Array($0.utf8) }) where bytes.count >= Self.width {
            secrets[Self.word(bytes[...]), default: Family()].insert(bytes)
        }
    }

    private func contains(_ secret: String) -> Bool {
        let bytes = Array(secret.utf8)
        return bytes.count < Self.width || secrets[Self.word(bytes[...])]?.texts.contains(bytes) == true
    }

    /// The text with every known secret replaced.
    package func scrub(_ text: String) -> String { counted(text).text }

    /// The same, and how many bytes were looked up for it.
    package func counted(_ text: String) -> (text: String, looked: Int) {
        guard !secrets.isEmpty, text.utf8.count >= Self.width else { return (text, 0) }
        var looked = 0
        let bytes = Array(text.utf8)
        var clean: [UInt8] = []
        var position = 0
        var found = false
        while position < bytes.count {
            if let length = match(in: bytes[position...], &looked) {
                clean += Self.replacement.utf8
                position += length
                found = true
            } else {
                clean.append(bytes[position])
                position += 1
            }
        }
        return (found ? String(decoding: clean, as: UTF8.self) : text, looked)
    }

    /// The length of the longest secret that the bytes begin with.
    private func match(in bytes: ArraySlice<UInt8>, _ looked: inout Int) -> Int? {
        guard bytes.count >= Self.width else { return nil }
        looked += Self.width
        guard let family = secrets[Self.word(bytes)] else { return nil }
        return family.lengths.first { length in
            guard length <= bytes.count else { return false }
            looked += length
            return family.texts.contains(Array(bytes.prefix(length)))
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(width).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
