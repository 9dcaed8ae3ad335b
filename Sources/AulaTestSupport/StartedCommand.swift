package import Foundation
import Subprocess
import Synchronization
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program that runs beside the test.
///
/// Foundation's `Process` is not used: on Linux it reads beyond the end of a directory entry whenever it starts
/// something, and now and then takes the whole test process with it (swift-corelibs-foundation, pull request 5472).
package final class StartedCommand: Sendable {
    package let identifier: Int32
    private let path: String
    private let outputFile: URL
    private let errorFile: URL
    /// The other end of a silent standard input, which closes with this process or with us.
    private let leash: FileHandle?
    private let running: Task<TerminationStatus, any Error>
    private let hasEnded: Ending

    /// Set once the program has ended.
    private final class Ending: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }

    /// Starts a program whose standard input is the given text; with nil, a silent pipe that closes with this process.
    package init(
        _ path: String, _ arguments: [String], environment: [String: String], input: String? = "", in folder: URL? = nil
    ) async throws {
        self.path = path
        let scratch = FileManager.default.temporaryDirectory.appending(path: "aula-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        outputFile = scratch.appending(path: "out")
        errorFile = scratch.appending(path: "err")
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let source: FileDescriptor
        if let input {
            let file = scratch.appending(path: "in")
            try Data(input.utf8).write(to: file)
            source = try FileDescriptor.open(file.path, .readOnly, options: .closeOnExec)
            leash = nil
        } else {
            let pipe = Pipe()
            source = try FileDescriptor(rawValue: pipe.fileHandleForReading.fileDescriptor).duplicate()
            leash = pipe.fileHandleForWriting
        }
        let output = try FileDescriptor.open(outputFile.path, .writeOnly, options: .closeOnExec)
        let errors = try FileDescriptor.open(errorFile.path, .writeOnly, options: .closeOnExec)
        let configuration = Configuration(
            executable: .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .custom(
                environment.reduce(into: [:]) { all, pair in
                    if let key = Subprocess.Environment.Key(rawValue: pair.key) { all[key] = pair.value }
                }),
            workingDirectory: folder.map { FilePath($0.path) })
        let (starts, start) = AsyncStream.makeStream(of: Int32.self)
        let ending = Ending()
        hasEnded = ending
        running = Task {
            defer {
                ending.set()
                start.finish()
            }
            return try await Subprocess.run(
                configuration, input: .fileDescriptor(source, closeAfterSpawningProcess: true),
                output: .fileDescriptor(output, closeAfterSpawningProcess: true),
                error: .fileDescriptor(errors, closeAfterSpawningProcess: true)
            ) { execution in start.yield(Int32(execution.processIdentifier.value)) }.terminationStatus
        }
        guard let identifier = await starts.first(where: { _ in true }) else {
            _ = try await running.value
            throw CancellationError()
        }
        self.identifier = identifier
    }

    package var isRunning: Bool { !hasEnded.isSet }
    package var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }
    package var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    package func send(_ signal: Int32) {
        if isRunning { kill(identifier, signal) }
    }

    /// Waits for the end without holding a thread; what does not end is killed, and has failed.
    package func end(within limit: Duration = .seconds(300)) async throws -> Command {
        do {
            try await waitUntil("the end of \(path)", within: limit) { !isRunning }
        } catch let error as NeverCame {
            Issue.record("\(error): \(output)\(errors)")
            send(SIGKILL)
        }
        defer { try? FileManager.default.removeItem(at: outputFile.deletingLastPathComponent()) }
        switch try await running.value {
        case .exited(let code): return Command(status: Int32(code), output: output, errors: errors)
        case .signaled(let signal):
            return Command(status: Int32(signal), signal: Int32(signal), output: output, errors: errors)
        }
    }
}
