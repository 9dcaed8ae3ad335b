import AulaModel

/// A short, stable name for a value, in the alphabet of the server's generated names.
enum Fingerprint {
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

    static func text(_ text: String, length: Int = 10) -> String {
        var hash = FNV1a(text).value
        return String(
            (0..<length).map { _ in
                defer { hash = hash / UInt64(alphabet.count) &+ hash &* 31 }
                return alphabet[Int(hash % UInt64(alphabet.count))]
            })
    }

    static func of(_ value: JSON) -> String { text(value.text) }
}
