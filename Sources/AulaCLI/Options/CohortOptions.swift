import ArgumentParser

/// What every command that reads a cohort file takes.
struct CohortOptions: ParsableArguments {
    @Argument(help: "The cohort file.", completion: .file(extensions: ["yaml", "yml"]))
    var cohort: String

    @Option(help: "A folder of further templates; they win over the built-in ones of the same name.")
    var templates: [String] = []
}
