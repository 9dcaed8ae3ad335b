import Foundation
import Testing

/// GitLab's own answer schemas, by the script that makes one of each thing and validates every answer.
@Suite struct GitLabSchemaTests {
    private static let shared = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared").standardizedFileURL
    private static let judge = shared.appending(path: "judges/judge_gitlab.py").path
    private static let schemas = shared.appending(path: "data/gitlab-answer-schemas.json").path

    /// A python3 with what the script imports.
    private static let python: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":").map {
            "\($0)/python3"
        }
        return ([root.appending(path: ".tools/bin/python3").path] + path).first { program in
            guard FileManager.default.isExecutableFile(atPath: program) else { return false }
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = ["-c", "import requests, jsonschema"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()

    @Test(.timeLimit(.minutes(8)))
    func `every answer is valid by GitLab's own schemas`() async throws {
        guard FileManager.default.fileExists(atPath: Self.judge), FileManager.default.fileExists(atPath: Self.schemas)
        else {
            print("SKIPPED: no schemas of GitLab in \(Self.shared.path)")
            return
        }
        guard let python = Self.python else {
            print("SKIPPED: no python3 with requests and jsonschema")
            return
        }
        try await RunningSandbox.run { sandbox in
            let said = try await run(python, [Self.judge, sandbox.folder.path, Self.schemas], in: sandbox)
            #expect(said.contains("35 of 35 answers valid"), "\(said)")
        }
    }

    private func run(_ program: String, _ arguments: [String], in sandbox: RunningSandbox) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = sandbox.environment
        let output = sandbox.folder.appending(path: "judge")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return try String(contentsOf: output, encoding: .utf8)
    }
}
