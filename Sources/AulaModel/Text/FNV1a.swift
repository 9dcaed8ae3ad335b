/// The Fowler–Noll–Vo hash, variant 1a, of 64 bits: fast, and the same on every machine and in every run, which the
/// language's own is not.
///
/// For names and for noticing change; it keeps nothing secret.
package struct FNV1a {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    /// The hash of a text alone.
    package init(_ text: String) {
        for byte in text.utf8 { mix(byte) }
    }

    /// 16 hexadecimal digits.
    package var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes { mix(byte) }
        }
        mix(0xFF)
    }

    /// Each kind of value begins with a byte of its own, so that no two of them look alike.
    mutating func add(_ json: JSON) {
        switch json {
        case .null: mix(0x00)
        case .bool(let flag): mix(flag ? 0x02 : 0x01)
        case .int(let number):
            mix(0x03)
            withUnsafeBytes(of: number.littleEndian) { for byte in $0 { mix(byte) } }
        case .double(let number):
            mix(0x04)
            withUnsafeBytes(of: number.bitPattern.littleEndian) { for byte in $0 { mix(byte) } }
        case .string(let text):
            mix(0x05)
            add(text)
        case .array(let items):
            mix(0x06)
            for item in items { add(item) }
            mix(0x07)
        case .object(let object):
            mix(0x08)
            for member in object.members {
                add(member.key)
                add(member.value)
            }
            mix(0x09)
        }
    }

    private mutating func mix(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}
