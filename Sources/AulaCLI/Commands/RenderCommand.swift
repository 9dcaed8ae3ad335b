import ArgumentParser
import AulaModel
import AulaTemplates
import Foundation

/// Writes the very objects that apply sends, one folder per group and environment.
struct RenderCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Write the Kubernetes objects that apply sends, without secrets, to a folder.")

    @OptionGroup var input: CohortOptions

    @Option(help: ArgumentHelp("The folder to write; it must be empty or absent.", valueName: "dir"))
    var out: String

    func run(_ surroundings: Surroundings) async throws -> Outcome {
        let console = surroundings.console
        let loaded = try LoadedCohort.load(input, needsID: false, environment: surroundings.environment)
        let files = try RenderedManifests.files(of: loaded.blueprint)
        let root = URL(fileURLWithPath: out)
        if let present = try? FileManager.default.contentsOfDirectory(atPath: out), !present.isEmpty {
            throw DiagnosticError("\(out) is not empty", hint: "name a new folder, so that no old file stays in it")
        }
        for file in files {
            let url = root.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: url)
        }
        console.print("Wrote \(files.count) objects to \(out).")
        return .done
    }
}
