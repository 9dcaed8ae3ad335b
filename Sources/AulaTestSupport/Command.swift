package import Foundation

/// What a program that ran to its end left behind.
package struct Command: Sendable {
    /// As a shell shows it but for signals: the exit code, or the number of the signal that ended it.
    package var status: Int32
    /// What ended it, where it did not end by itself.
    package var signal: Int32?
    package var output: String
    package var errors: String

    /// Both streams, for messages of failing tests.
    package var transcript: String {
        "\(signal.map { "signal \($0)" } ?? "exit \(status)")\n--- stdout\n\(output)\n--- stderr\n\(errors)"
    }

    /// What it printed, without empty lines.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Runs a program with exactly the given environment and no terminal.
    package static func run(
        _ path: String, _ arguments: [String], environment: [String: String], input: String = "", in folder: URL? = nil
    ) async throws -> Command {
        try await StartedCommand(path, arguments, environment: environment, input: input, in: folder).end()
    }
}
