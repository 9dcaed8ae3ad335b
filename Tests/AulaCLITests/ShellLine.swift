/// The commands of one line of a shell, as far as documents need a shell: quotes, comments, lists and pipes.
enum ShellLine {
    /// Each command's words; variables that are set before a command and redirections are left out.
    static func commands(_ line: String) -> [[String]] {
        var commands: [[String]] = [[]]
        for token in tokens(line) {
            switch token {
            case .end: commands.append([])
            case .word(let word):
                let isAssignment = commands[commands.count - 1].isEmpty && word.contains(/^[A-Za-z_]+=/)
                if !isAssignment { commands[commands.count - 1].append(word) }
            }
        }
        return commands.filter { !$0.isEmpty }
    }

    private enum Token {
        case word(String)
        case end
    }

    private static func tokens(_ line: String) -> [Token] {
        var tokens: [Token] = []
        var word: String?
        var quote: Character?
        var skipsNext = false
        func finish() {
            guard let done = word else { return }
            if skipsNext { skipsNext = false } else { tokens.append(.word(done)) }
            word = nil
        }
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == "#", word == nil {
                break
            } else if character.isWhitespace {
                finish()
            } else if "|&;".contains(character) {
                finish()
                tokens.append(.end)
            } else if "<>".contains(character) {
                // The file behind it is the next word.
                finish()
                skipsNext = true
            } else {
                word = (word ?? "") + String(character)
            }
        }
        finish()
        return tokens
    }
}
