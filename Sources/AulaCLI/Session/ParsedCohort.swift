import AulaCohort
import AulaCost
import AulaModel
import AulaPlanner
import AulaTemplates
import AulaTools
import Foundation

/// A cohort file that was read, before its templates are.
struct ParsedCohort {
    let cohort: Cohort
    private let options: CohortOptions
    private let findings: [Diagnostic]
    private let environment: [String: String]

    /// A command that touches live things needs an id.
    ///
    /// - Throws: `DiagnosticError` with every problem in the file.
    static func read(
        _ options: CohortOptions, needsID: Bool, environment: [String: String]
    ) throws -> ParsedCohort {
        let file = try TextFile.read(options.cohort)
        let (parsed, findings) = CohortParser.parse(file)
        guard var cohort = parsed else { throw DiagnosticError(findings) }
        if let missing = CohortParser.missingID(of: cohort, in: file) {
            if needsID { throw DiagnosticError(findings + [missing]) }
            cohort.id = "new"
        }
        if let url = environment["AULA_GITLAB_URL"], !url.isEmpty {
            cohort.gitlab?.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        return ParsedCohort(cohort: cohort, options: options, findings: findings, environment: environment)
    }

    /// Reads the templates and the prices, and expands the cohort with them.
    ///
    /// - Throws: `DiagnosticError` with every problem in them and in how the cohort uses them.
    func expanded() throws -> LoadedCohort {
        let folders = try TemplateFolders(
            cohort: options.cohort, further: options.templates, environment: environment)
        let (library, templateFindings) = TemplateLibrary.parse(try folders.templates())
        let (prices, priceFindings) = PriceBook.parse(try folders.prices())
        let (blueprint, expansionFindings) = Expander.expand(cohort, library: library, files: try ownFiles(library))
        let all = findings + templateFindings + priceFindings + expansionFindings
        guard let blueprint, !all.contains(where: { $0.severity == .error }) else { throw DiagnosticError(all) }
        return LoadedCohort(cohort: cohort, blueprint: blueprint, prices: prices, warnings: all)
    }

    /// The teacher's own manifests that components name, relative to the cohort file.
    private func ownFiles(_ library: TemplateLibrary) throws -> [SourceFile] {
        let folder = URL(fileURLWithPath: options.cohort).deletingLastPathComponent()
        return try cohort.components.flatMap { library.paths(of: $0) }.flatMap { name -> [SourceFile] in
            let location = folder.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: location.path, isDirectory: &isFolder) else { return [] }
            let names =
                isFolder.boolValue
                ? try FileManager.default.contentsOfDirectory(atPath: location.path).sorted().filter {
                    $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
                }.map { "\(name)/\($0)" } : [name]
            return try names.map {
                let read = try TextFile.read(folder.appendingPathComponent($0).path)
                return SourceFile(path: $0, text: read.text)
            }
        }
    }
}
