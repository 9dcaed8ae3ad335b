import Foundation

/// Takes secrets out of texts.
///
/// A text is scanned once, whatever the number of secrets: eight bytes at a time are looked up in a table of the
/// secrets' beginnings. Shorter secrets are not known to it; aula makes none and asks for none.
package struct ScrubTable: Sendable {
    private static let width = 8
    package static let replacement = "[secret]"

    /// Secrets as bytes, by their first eight.
    private var secrets: [UInt64: Set<[UInt8]>] = [:]

    package init() {}

    /// Remembers a secret, and the base64 and percent-encoded forms in which it travels.
    package mutating func insert(_ secret: String) {
        guard !contains(secret) else { return }
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
        let forms = [secret, Data(secret.utf8).base64EncodedString(), percent]
        for bytes in forms.map({ Array($0.utf8) }) where bytes.count >= Self.width {
            secrets[Self.word(bytes[...]), default: []].insert(bytes)
        }
    }

    private func contains(_ secret: String) -> Bool {
        let bytes = Array(secret.utf8)
        return bytes.count < Self.width || secrets[Self.word(bytes[...])]?.contains(bytes) == true
    }

    /// The text with every known secret replaced.
    package func scrub(_ text: String) -> String {
        guard !secrets.isEmpty, text.utf8.count >= Self.width else { return text }
        let bytes = Array(text.utf8)
        var clean: [UInt8] = []
        var position = 0
        var found = false
        while position < bytes.count {
            if let length = match(in: bytes[position...]) {
                clean += Self.replacement.utf8
                position += length
                found = true
            } else {
                clean.append(bytes[position])
                position += 1
            }
        }
        return found ? String(decoding: clean, as: UTF8.self) : text
    }

    /// The length of the longest secret that the bytes begin with.
    private func match(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= Self.width, let candidates = secrets[Self.word(bytes)] else { return nil }
        return candidates.filter { bytes.starts(with: $0) }.map(\.count).max()
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(width).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
