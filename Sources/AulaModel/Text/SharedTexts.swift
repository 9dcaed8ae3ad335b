/// Keeps longer texts once; short ones live inside their `String` anyway.
struct SharedTexts {
    /// Empty until there is a longer text: most documents are a line or the key of a list item.
    private var slots: [String] = []

    mutating func text(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count > 15, bytes.count <= 80 else { return String(validating: bytes, as: UTF8.self) }
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let slot = Int(hash & 1023)
        if slots.isEmpty { slots = Array(repeating: "", count: 1024) }
        if slots[slot].utf8.count == bytes.count, slots[slot].utf8.elementsEqual(bytes) { return slots[slot] }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        slots[slot] = text
        return text
    }
}
