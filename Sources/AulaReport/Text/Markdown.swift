/// Text that stays text in Markdown.
enum Markdown {
    /// For a paragraph or a list item.
    static func inline(_ text: String) -> String {
        var result = ""
        for character in PlainText.oneLine(text) {
            if "\\`*_[]<>#|~".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }

    /// For a cell of a table.
    static func cell(_ text: String) -> String { inline(text) }

    /// A fence that is longer than any run of backquotes inside.
    static func fence(around lines: [String]) -> String {
        var longest = 2
        for line in lines {
            for run in line.split(whereSeparator: { $0 != "`" }) { longest = max(longest, run.count) }
        }
        return String(repeating: "`", count: longest + 1)
    }
}
