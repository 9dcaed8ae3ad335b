import Foundation

/// Finds members that a JSON text has twice, which its value does not show any more.
struct DuplicateKeys {
    /// Their paths as a strict decoder spells them: `data.a`, `spec.ports[0].name`.
    private(set) var paths: [String] = []

    private struct Level {
        var keys: Set<String> = []
        /// The member or item that is being read.
        var step = ""
        var index: Int?
    }

    private var levels: [Level] = []

    init(in text: Data) {
        let bytes = [UInt8](text)
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "{"): levels.append(Level())
            case UInt8(ascii: "["): levels.append(Level(step: "[0]", index: 0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ","): nextItem()
            case UInt8(ascii: "\""):
                let start = position + 1
                position = start
                while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                    position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
                }
                var next = position + 1
                while next < bytes.count, bytes[next] <= 32 { next += 1 }
                if next < bytes.count, bytes[next] == UInt8(ascii: ":") {
                    member(String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self))
                }
            default: break
            }
            position += 1
        }
    }

    private mutating func nextItem() {
        guard let index = levels.last?.index else { return }
        levels[levels.count - 1].index = index + 1
        levels[levels.count - 1].step = "[\(index + 1)]"
    }

    private mutating func member(_ name: String) {
        guard !levels.isEmpty, levels[levels.count - 1].index == nil else { return }
        levels[levels.count - 1].step = name
        guard !levels[levels.count - 1].keys.insert(name).inserted else { return }
        paths.append(
            levels.reduce("") { path, level in
                path.isEmpty || level.step.hasPrefix("[") ? path + level.step : path + "." + level.step
            })
    }
}
