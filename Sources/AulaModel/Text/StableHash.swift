/// FNV-1a with 64 bits: fast, and the same in every run and on every machine, which the language's own hash is not.
///
/// For names and for noticing change; it keeps nothing secret.
package enum StableHash {
    package static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}
