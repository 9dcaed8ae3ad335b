/// The order in which people expect names: `g2` before `g10`.
enum NaturalOrder {
    static func isBefore(_ left: String, _ right: String) -> Bool {
        let leftParts = parts(left)
        let rightParts = parts(right)
        for (one, other) in zip(leftParts, rightParts) where one != other {
            if case (.number(let a), .number(let b)) = (one, other) { return a < b }
            if case (.text(let a), .text(let b)) = (one, other) { return a < b }
            if case .number = one { return true }
            return false
        }
        return (leftParts.count, left) < (rightParts.count, right)
    }

    private enum Part: Equatable {
        case text(String)
        case number(Int)
    }

    private static func parts(_ text: String) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let first = rest.first {
            let isDigit = ("0"..."9").contains(first)
            let run = rest.prefix { ("0"..."9").contains($0) == isDigit }
            parts.append(isDigit ? Int(run).map(Part.number) ?? .text(String(run)) : .text(String(run)))
            rest = rest[run.endIndex...]
        }
        return parts
    }
}
