/// What is wrong with a text that should be JSON, and where.
package struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    package var message: String
    /// Bytes from the beginning.
    package var offset: Int

    package var description: String { "\(message) at byte \(offset)" }
}

/// Reads JSON (RFC 8259) from bytes straight into values.
///
/// Foundation's reader builds its own tree first, which on Linux takes ten times as long and three times the memory:
/// reading a cluster would cost more than the cluster's answers. Longer texts that occur again (keys, images, label
/// values) are kept once.
struct JSONParser {
    /// Deeper nesting is refused, as Foundation does: it would exhaust the stack.
    static let deepest = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    private var texts = SharedTexts()

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Reads exactly one value, with nothing but white space around it.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONSyntaxError) -> JSON {
        var parser = JSONParser(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value()
        guard parser.next() == nil else { throw parser.error("something follows the value") }
        return value
    }

    private func error(_ message: String) -> JSONSyntaxError { JSONSyntaxError(message: message, offset: position) }

    /// Skips white space; the byte that stands there, or nil at the end.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    private mutating func value() throws(JSONSyntaxError) -> JSON {
        guard let first = next() else { throw error("the text ends too early") }
        switch first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("unexpected character")
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONSyntaxError) -> JSON {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count,
            (0..<text.utf8CodeUnitCount).allSatisfy({ bytes[position + $0] == text.utf8Start[$0] })
        else { throw error("unexpected character") }
        position = end
        return value
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= Self.deepest else { throw error("nested deeper than \(Self.deepest)") }
        position += 1
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    private mutating func array() throws(JSONSyntaxError) -> JSON {
        try enter()
        var items: [JSON] = []
        if next() != UInt8(ascii: "]") {
            while true {
                items.append(try value())
                guard next() == UInt8(ascii: ",") else { break }
                position += 1
            }
        }
        guard next() == UInt8(ascii: "]") else { throw error("expected a comma or a closing bracket") }
        leave()
        return .array(items)
    }

    private mutating func object() throws(JSONSyntaxError) -> JSON {
        try enter()
        var members: [JSONObject.Member] = []
        var isAscending = true
        if next() != UInt8(ascii: "}") {
            while true {
                guard next() == UInt8(ascii: "\"") else { throw error("expected a key") }
                let key = try string()
                guard next() == UInt8(ascii: ":") else { throw error("expected a colon") }
                position += 1
                if let last = members.last, !(last.key < key) { isAscending = false }
                members.append(JSONObject.Member(key: key, value: try value()))
                guard next() == UInt8(ascii: ",") else { break }
                position += 1
            }
        }
        guard next() == UInt8(ascii: "}") else { throw error("expected a comma or a closing brace") }
        leave()
        if isAscending { return .object(JSONObject(sortedMembers: members)) }
        let sorted = members.sorted { $0.key < $1.key }
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.key != $1.key }) else {
            // Of equal keys the last one counts.
            return .object(JSONObject(members.map { ($0.key, $0.value) }))
        }
        return .object(JSONObject(sortedMembers: sorted))
    }

    private mutating func number() throws(JSONSyntaxError) -> JSON {
        let start = position
        var isWhole = true
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leading = position
        try digits()
        if bytes[leading] == UInt8(ascii: "0"), position > leading + 1 { throw error("a number begins with 0") }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
                position += 1
            }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let number = Int(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else { throw error("the number is too large") }
        return .double(number)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
        guard position > start else { throw error("expected a digit") }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
                guard let result = texts.text(of: text) else { throw error("the text is not UTF-8") }
                position += 1
                return result
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw error("a control character inside a text")
            default: position += 1
            }
        }
        throw error("a text does not end")
    }
}

extension JSONParser {
    /// The slower way, for a text with backslashes.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let result = String(validating: text, as: UTF8.self) else { throw error("the text is not UTF-8") }
                return result
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw error("a control character inside a text")
            default: text.append(byte)
            }
        }
        throw error("a text does not end")
    }

    private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
        guard position < bytes.count else { throw error("a text does not end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
        default: throw error("an unknown escape")
        }
    }

    /// One `\uXXXX`, or a pair of them.
    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u"), (0xD800..<0xDC00).contains(high)
        else { throw error("half a surrogate pair") }
        position += 2
        let low = try unit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw error("half a surrogate pair") }
        return scalar
    }

    private mutating func unit() throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits") }
        position += 4
        return unit
    }
}
