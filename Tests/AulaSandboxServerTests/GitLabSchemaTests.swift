import AulaTestSupport
import Foundation
import Testing

/// GitLab's own answer schemas, by the script that makes one of each thing and validates every answer.
@Suite struct GitLabSchemaTests {
    private static let shared = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared").standardizedFileURL
    private static let judge = shared.appending(path: "judges/judge_gitlab.py").path
    private static let schemas = shared.appending(path: "data/gitlab-answer-schemas.json").path

    /// A python3 with what the script imports.
    private static func python() async throws -> String? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let environment = ProcessInfo.processInfo.environment
        let path = environment["PATH", default: ""].split(separator: ":").map { "\($0)/python3" }
        for program in [root.appending(path: ".tools/bin/python3").path] + path
        where FileManager.default.isExecutableFile(atPath: program) {
            let asked = try await Command.run(
                program, ["-c", "import requests, jsonschema"], environment: environment)
            if asked.status == 0 { return program }
        }
        return nil
    }

    private static let isThere = [judge, schemas].allSatisfy { FileManager.default.fileExists(atPath: $0) }

    @Test(
        .enabled(if: isThere, "no schemas of GitLab in ../shared"),
        .enabled("no python3 with requests and jsonschema") { try await python() != nil }, .timeLimit(.minutes(8)))
    func `every answer is valid by GitLab's own schemas`() async throws {
        let python = try #require(try await Self.python())
        try await RunningSandbox.run { sandbox in
            let said = try await Command.run(
                python, [Self.judge, sandbox.folder.path, Self.schemas], environment: sandbox.environment
            ).transcript
            #expect(said.contains("35 of 35 answers valid"), "\(said)")
        }
    }
}
