import AulaCohort
import AulaCost
import AulaModel
import AulaPlanner
import AulaTemplates
import AulaTools
import Foundation

/// A cohort file with everything that it is made of: read once, before anything else happens.
struct LoadedCohort {
    var cohort: Cohort
    var blueprint: Blueprint
    var prices: PriceBook
    var warnings: [Diagnostic]

    /// Whether the class fits its nodes; an error for everything that makes or checks a class.
    var capacity: [Diagnostic] { Capacity.check(blueprint, sizes: prices.nodeSizes) }

    /// Reads the file, the templates and the prices, and expands them.
    ///
    /// A command that touches live things needs an id. Throws a `DiagnosticError` with every problem found.
    static func load(
        _ options: CohortOptions, needsID: Bool, environment: [String: String]
    ) throws -> LoadedCohort {
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
        let folders = try TemplateFolders(
            cohort: options.cohort, further: options.templates, environment: environment)
        let (library, templateFindings) = TemplateLibrary.parse(try folders.templates())
        let (prices, priceFindings) = PriceBook.parse(try folders.prices())
        let files = try ownFiles(of: cohort, library, beside: options.cohort)
        let (blueprint, expansionFindings) = Expander.expand(cohort, library: library, files: files)
        let all = findings + templateFindings + priceFindings + expansionFindings
        guard let blueprint, !all.contains(where: { $0.severity == .error }) else { throw DiagnosticError(all) }
        return LoadedCohort(cohort: cohort, blueprint: blueprint, prices: prices, warnings: all)
    }

    /// The teacher's own manifests that components name, relative to the cohort file.
    private static func ownFiles(
        of cohort: Cohort, _ library: TemplateLibrary, beside path: String
    ) throws -> [SourceFile] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
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
