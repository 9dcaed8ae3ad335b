import ArgumentParser
import AulaModel

/// A slip in a command line: a command that does not exist, or an option that another tool or another command has.
enum Slip {
    /// What to say instead of doing what was asked for; nil for a command line without a slip that is known.
    static func answer(to arguments: [String]) -> String? {
        var command: any ParsableCommand.Type = Aula.self
        var words = ["aula"]
        var rest = arguments[...]
        if rest.first == "help" { rest.removeFirst() }
        while let word = rest.first, let next = subcommand(word, of: command) {
            command = next
            words.append(word)
            rest.removeFirst()
        }
        let names = command.configuration.subcommands.map { $0._commandName }
        if let word = rest.first, !word.hasPrefix("-"), word != "help", !names.isEmpty {
            return unknown(word, after: words.joined(separator: " "), among: names)
        }
        guard let hint = hint(for: rest, of: words[words.count - 1]) else { return nil }
        do {
            _ = try Aula.parseAsRoot(arguments)
            return nil
        } catch {
            guard Aula.exitCode(for: error) == .validationFailure else { return nil }
            var lines = Aula.fullMessage(for: error).split(separator: "\n").map(String.init)
            lines.insert("  hint: \(hint)", at: min(1, lines.count))
            return lines.joined(separator: "\n")
        }
    }

    private static func subcommand(_ name: String, of command: any ParsableCommand.Type) -> (any ParsableCommand.Type)?
    {
        command.configuration.subcommands.first { $0._commandName == name }
    }

    private static func unknown(_ word: String, after before: String, among names: [String]) -> String {
        let meant = Spelling.nearest(to: word, among: names).map { "did you mean `\(before) \($0)`?" }
        return "Error: there is no command `\(before) \(word)`\n"
            + "  hint: \(meant ?? "there are \(names.joined(separator: ", ")); `\(before) --help` says what they do")"
    }

    private static func hint(for words: ArraySlice<String>, of command: String) -> String? {
        for word in words {
            let option = String(word.prefix { $0 != "=" })
            if let hint = habits.first(where: { $0.options.contains(option) && $0.command ?? command == command })?.hint
            {
                return hint
            }
        }
        return nil
    }

    /// What people are used to from elsewhere; a command's own row stands before the one for all.
    private static let habits: [(options: [String], command: String?, hint: String)] = [
        (
            ["--yes", "-y", "--auto-approve", "-auto-approve", "--force"], "destroy",
            "destroy takes `--confirm NAME` with the cohort's name, which no other file answers to"
        ),
        (
            ["--group", "--env", "--component", "--only"], "destroy",
            "destroy takes the whole class down; for a part, take it out of the cohort file and run `aula apply`"
        ),
        (["--auto-approve", "-auto-approve", "--force"], nil, "`--yes` goes on without being asked"),
        (["--dry-run"], nil, "`aula plan` shows what apply would do, without doing it"),
        (["--out", "-out"], "plan", "`aula apply` makes its own plan, shows it and asks"),
        (["--json"], nil, "`--format json` gives one document"),
        (["--target", "-target"], nil, "`--group`, `--env`, `--component` and `--only` choose a part"),
        (["-f", "--file", "--filename"], nil, "the cohort file stands without an option: `aula plan FILE`"),
    ]
}
