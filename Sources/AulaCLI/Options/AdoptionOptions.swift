import ArgumentParser

/// What becomes the cohort's though somebody else made it.
struct AdoptionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take over this thing, which is not aula's. Repeatable.", valueName: "address"))
    var adopt: [String] = []
}
