import ArgumentParser
import AulaModel
import AulaTemplates
import AulaTools
import Foundation

/// Writes the very objects that apply sends, one folder per group and environment.
struct RenderCommand: AulaCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Write the Kubernetes objects that apply sends, without secrets, to a folder.",
        usage: "aula render [<options>] --out <dir> <cohort>")

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
        let existed = FileManager.default.fileExists(atPath: out)
        do {
            for file in files { try write(file, to: root.appendingPathComponent(file.path)) }
        } catch {
            // Half a class looks like a whole one.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
            for url in existed ? names.map(root.appendingPathComponent) : [root] {
                try? FileManager.default.removeItem(at: url)
            }
            throw error
        }
        console.print("Wrote \(files.count) objects to \(out).")
        return .done
    }

    private func write(_ file: SourceFile, to url: URL) throws {
        let folder = url.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
            let reason = cause.map { String(cString: strerror(Int32(($0 as NSError).code))) } ?? "\(error)"
            throw DiagnosticError("cannot make the folder \(folder.relativePath): \(reason)", hint: "check the path")
        }
        try TextFile.write(file.text, to: url.relativePath)
    }
}
