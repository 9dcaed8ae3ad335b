/// A pattern over one piece of text, in which `*` stands for any characters and `?` for one.
package struct Glob: Sendable, Hashable {
    private let pattern: [Character]

    package init(_ text: String) {
        pattern = Array(text)
    }

    package var text: String { String(pattern) }

    package func matches(_ text: some StringProtocol) -> Bool {
        let text = Array(text)
        var position = 0
        var index = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if index < pattern.count, pattern[index] == "*" {
                star = (index, position)
                index += 1
            } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[position] {
                index += 1
                position += 1
            } else if let last = star {
                // Let the last star take one character more and try again from there.
                star = (last.pattern, last.text + 1)
                index = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "*" }
    }
}
