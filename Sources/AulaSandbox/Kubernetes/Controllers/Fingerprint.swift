import AulaModel

/// A short, stable name for a value, in the alphabet of the server's generated names.
enum Fingerprint {
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

    /// FNV-1a: fast, and the same in every run, which the language's own hash is not.
    static func text(_ text: String, length: Int = 10) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return String(
            (0..<length).map { _ in
                defer { hash = hash / UInt64(alphabet.count) &+ hash &* 31 }
                return alphabet[Int(hash % UInt64(alphabet.count))]
            })
    }

    static func of(_ value: JSON) -> String { text(value.text) }
}
