import ArgumentParser

/// How programs follow a run.
struct EventOptions: ParsableArguments {
    @Flag(help: "Write events as NDJSON to stdout, instead of a plan and a report for people.")
    var json = false
}
