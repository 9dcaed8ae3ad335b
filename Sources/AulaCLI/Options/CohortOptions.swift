import ArgumentParser
import AulaTools

/// What every command that reads a cohort file takes.
struct CohortOptions: ParsableArguments {
    @Argument(help: "The cohort file; - reads standard input.", completion: .file(extensions: ["yaml", "yml"]))
    var cohort: String

    @Option(
        help: ArgumentHelp(
            "A folder of further templates; they win over the built-in ones of the same name. Repeatable.",
            valueName: "dir"))
    var templates: [String] = []

    @Option(
        help: ArgumentHelp(
            "A GitLab host that the token may go to, though this machine has not used it before. Repeatable.",
            valueName: "host"))
    var trustHost: [String] = []

    var words: [String] { [cohort] + templates.flatMap { ["--templates", $0] } }

    /// At the beginning of a sentence.
    var name: String { cohort == TextFile.standardInput ? "The cohort file" : cohort }
}
