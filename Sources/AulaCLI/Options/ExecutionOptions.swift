import ArgumentParser

/// How a run is carried out and shown.
struct ExecutionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many changes run at the same time, 1 to 256.", valueName: "n"))
    var parallelism = 16

    @Flag(name: .shortAndLong, help: "Show every resource, not one line for many alike.")
    var verbose = false

    @Option(
        help: ArgumentHelp(
            "How long to wait for another run of the same cohort to end before exiting with 7.",
            valueName: "seconds"))
    var lockTimeout = 0

    var patience: Duration { .seconds(lockTimeout) }

    func validate() throws {
        guard (0...86_400).contains(lockTimeout) else {
            throw ValidationError("--lock-timeout takes 0 to 86400 seconds, not \(lockTimeout).")
        }
        guard (1...256).contains(parallelism) else {
            throw ValidationError("--parallelism takes 1 to 256, not \(parallelism).")
        }
    }
}
