import Foundation
import Synchronization

/// Knows the secrets of a run and takes them out of any text before somebody reads it.
///
/// A text is scanned once, whatever the number of secrets: eight bytes at a time are looked up in a table of the
/// secrets' beginnings. Shorter secrets are not known to it; aula makes none and asks for none.
package final class Redactor: Sendable {
    private static let width = 8
    package static let replacement = "[secret]"

    /// Secrets as bytes, by their first eight.
    private let secrets = Mutex<[UInt64: Set<[UInt8]>]>([:])

    package init() {}

    /// Remembers a secret, and the base64 and percent-encoded forms in which it travels.
    package func register(_ secret: String) {
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
        let forms = [secret, Data(secret.utf8).base64EncodedString(), percent]
        secrets.withLock { table in
            for bytes in forms.map({ Array($0.utf8) }) where bytes.count >= Self.width {
                table[Self.word(bytes[...]), default: []].insert(bytes)
            }
        }
    }

    /// The text with every known secret replaced.
    package func scrub(_ text: String) -> String {
        secrets.withLock { table in
            guard !table.isEmpty, text.utf8.count >= Self.width else { return text }
            let bytes = Array(text.utf8)
            var clean: [UInt8] = []
            var position = 0
            var found = false
            while position < bytes.count {
                if let length = Self.match(in: bytes[position...], table) {
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
    }

    /// The length of the longest secret that the bytes begin with.
    private static func match(in bytes: ArraySlice<UInt8>, _ table: [UInt64: Set<[UInt8]>]) -> Int? {
        guard bytes.count >= width, let candidates = table[word(bytes)] else { return nil }
        return candidates.filter { bytes.starts(with: $0) }.map(\.count).max()
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(width).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
