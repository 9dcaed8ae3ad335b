import ArgumentParser

/// Whether an apply waits until what it made is ready, and how long.
struct WaitOptions: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help:
            "Wait until every component is ready; the first apply of a class does so unasked. Exits with 3 when some are not."
    )
    var wait: Bool?

    @Option(help: ArgumentHelp("How long to wait for the components at most.", valueName: "seconds"))
    var waitTimeout = 600

    func validate() throws {
        guard (1...86_400).contains(waitTimeout) else {
            throw ValidationError("--wait-timeout takes 1 to 86400 seconds, not \(waitTimeout).")
        }
    }
}
