package import AulaModel
package import Foundation

extension TreeReading {
    /// Text as it is written: `1.30` and `007` keep their zeros, `no` stays a word.
    package mutating func text(_ key: String, in fields: Fields) -> String? {
        fields[key].flatMap { text($0, fields.path(to: key)) }
    }

    package mutating func text(_ node: YAMLNode, _ path: String) -> String? {
        guard case .scalar(let text, _) = node.value, !node.isNull else {
            mistyped(node, path, expected: "text")
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            error("`\(path)` is empty", at: node.position)
            return nil
        }
        return text
    }

    /// A whole number in plain decimals.
    package mutating func number(_ key: String, in fields: Fields, _ range: ClosedRange<Int>) -> Int? {
        fields[key].flatMap { number($0, fields.path(to: key), range) }
    }

    package mutating func number(_ node: YAMLNode, _ path: String, _ range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let text, let plain) = node.value else {
            mistyped(node, path, expected: "a number")
            return nil
        }
        guard let value = Scalar.whole(text) else {
            let meant = Scalar.intended(text)
            mistyped(node, path, expected: "a whole number", hint: meant.map { "write \($0)" })
            return nil
        }
        guard plain else {
            mistyped(node, path, expected: "a number", hint: "write \(value) without quotes")
            return nil
        }
        guard range.contains(value) else {
            error("`\(path)` must be from \(range.lowerBound) to \(range.upperBound), not \(value)", at: node.position)
            return nil
        }
        return value
    }

    package mutating func flag(_ key: String, in fields: Fields) -> Bool? {
        guard let node = fields[key] else { return nil }
        guard case .scalar(let text, plain: true) = node.value, let value = Scalar.flag(text) else {
            var hint: String?
            if case .scalar(let text, _) = node.value { hint = Scalar.intendedFlag(text).map { "write \($0)" } }
            mistyped(node, fields.path(to: key), expected: "true or false", hint: hint)
            return nil
        }
        return value
    }

    /// An exact amount of money, with or without quotes.
    package mutating func amount(_ node: YAMLNode, _ path: String) -> Decimal? {
        guard let text = node.text, let amount = Scalar.decimal(text) else {
            mistyped(node, path, expected: "an amount such as 100 or 99.50")
            return nil
        }
        return amount
    }

    /// A day of the calendar.
    package mutating func day(_ node: YAMLNode, _ path: String) -> Day? {
        guard let text = text(node, path) else { return nil }
        guard let match = text.wholeMatch(of: /(\d{4})-(\d{1,2})-(\d{1,2})([Tt ].*)?/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        else {
            error("\(quoted(text)) is no day", at: node.position, hint: "write year-month-day, such as 2020-12-07")
            return nil
        }
        guard let value = Day(year: year, month: month, day: day) else {
            error("the day \(quoted(text)) does not exist", at: node.position)
            return nil
        }
        guard text == value.description else {
            error("\(quoted(text)) is not the form of a day", at: node.position, hint: "write \(value)")
            return nil
        }
        return value
    }

    /// One of a few words.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, in fields: Fields, _: Choice.Type = Choice.self, notYet: Set<String> = []
    ) -> Choice? where Choice.RawValue == String {
        fields[key].flatMap { choice($0, fields.path(to: key), notYet: notYet) }
    }

    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: YAMLNode, _ path: String, _: Choice.Type = Choice.self, notYet: Set<String> = []
    ) -> Choice? where Choice.RawValue == String {
        guard let word = text(node, path) else { return nil }
        if let choice = Choice(rawValue: word) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let listed = known.map { "`\($0)`" }.joined(separator: ", ")
        if notYet.contains(word) {
            error("`\(path): \(word)` is not available yet", at: node.position, hint: "available: \(listed)")
        } else {
            let hint = Spelling.hint(for: word, among: known)
            error("unknown \(path) \(quoted(word))", at: node.position, hint: hint ?? "choose \(listed)")
        }
        return nil
    }

    /// The items of a list; nil (and an error) for anything else.
    package mutating func items(_ key: String, in fields: Fields) -> [YAMLNode]? {
        guard let node = fields[key] else { return nil }
        guard case .list(let items) = node.value else {
            mistyped(node, fields.path(to: key), expected: "a list", hint: "write [ONE, TWO]")
            return nil
        }
        return items
    }
}
