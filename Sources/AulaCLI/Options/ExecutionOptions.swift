import ArgumentParser

/// How a run is carried out and shown.
struct ExecutionOptions: ParsableArguments {
    @Option(help: "How many changes run at the same time.")
    var parallelism = 16

    @Flag(help: "Write events as NDJSON to stdout.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show every resource, not one line for many alike.")
    var verbose = false

    func validate() throws {
        guard (1...256).contains(parallelism) else {
            throw ValidationError("--parallelism takes 1 to 256, not \(parallelism).")
        }
    }
}
