import AulaModel

/// Text with placeholders, taken apart once.
///
/// `{name}` is a placeholder; `{{name}}` stands for the text `{name}`; `${name}` belongs to whoever reads the text
/// later (a shell, a log collector). Braces around anything else are text, so JSON and nginx need no escaping.
struct Placeholders {
    enum Piece: Hashable {
        case text(String)
        case name(String)
    }

    var pieces: [Piece] = []

    init(_ text: String) {
        var literal: [UInt8] = []
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            guard bytes[position] == Self.open else {
                literal.append(bytes[position])
                position += 1
                continue
            }
            let isDoubled = position + 1 < bytes.count && bytes[position + 1] == Self.open
            let start = position + (isDoubled ? 2 : 1)
            let isForeign = position > 0 && bytes[position - 1] == UInt8(ascii: "$")
            guard !isForeign, let end = Self.endOfName(in: bytes, from: start) else {
                literal.append(bytes[position])
                position += 1
                continue
            }
            let name = String(decoding: bytes[start..<end], as: UTF8.self)
            if !isDoubled {
                append(&literal)
                pieces.append(.name(name))
                position = end + 1
            } else if end + 1 < bytes.count, bytes[end + 1] == Self.close {
                literal += bytes[(start - 1)...end]
                position = end + 2
            } else {
                literal.append(bytes[position])
                position += 1
            }
        }
        append(&literal)
    }

    private mutating func append(_ literal: inout [UInt8]) {
        if !literal.isEmpty { pieces.append(.text(String(decoding: literal, as: UTF8.self))) }
        literal = []
    }

    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")

    /// Where the name that starts here ends, if a closing brace follows it.
    private static func endOfName(in bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                if position == start { return nil }
            case close:
                return position > start ? position : nil
            default:
                return nil
            }
            position += 1
        }
        return nil
    }
}
