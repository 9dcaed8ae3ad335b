import Foundation
import Testing

/// A program run to its end, or started beside the test.
struct Command {
    var status: Int32
    /// What ended it, where it did not end by itself.
    var signal: Int32?
    var output: String
    var errors: String

    /// Both streams, for messages of failing tests.
    var transcript: String {
        "\(signal.map { "signal \($0)" } ?? "exit \(status)")\n--- stdout\n\(output)\n--- stderr\n\(errors)"
    }

    /// What it printed, without empty lines.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Runs a program with exactly the given environment and no terminal.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String], input: String = "",
        in folder: URL? = nil
    ) async throws -> Command {
        let started = try StartedCommand(path, arguments, environment: environment, input: input, in: folder)
        return await started.end()
    }
}

/// A program that is running.
final class StartedCommand: Sendable {
    private let process: Process
    private let outputFile: URL
    private let errorFile: URL

    /// Starts a program whose standard input is the given text; with nil, a silent pipe that closes with this process.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: String? = "", in folder: URL? = nil
    ) throws {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("aula-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        outputFile = scratch.appendingPathComponent("out")
        errorFile = scratch.appendingPathComponent("err")
        let inputFile = scratch.appendingPathComponent("in")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        if let input {
            try Data(input.utf8).write(to: inputFile)
            process.standardInput = try FileHandle(forReadingFrom: inputFile)
        } else {
            process.standardInput = Pipe()
        }
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end without holding a thread; what does not end is killed, and has failed.
    func end() async -> Command {
        let deadline = ContinuousClock.now + .seconds(300)
        while process.isRunning {
            if ContinuousClock.now > deadline {
                Issue.record("\(process.executableURL?.path ?? "a program") did not end: \(output)\(errors)")
                send(SIGKILL)
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        let wasKilled = process.terminationReason == .uncaughtSignal
        let result = Command(
            status: process.terminationStatus, signal: wasKilled ? process.terminationStatus : nil, output: output,
            errors: errors)
        try? FileManager.default.removeItem(at: outputFile.deletingLastPathComponent())
        return result
    }
}
