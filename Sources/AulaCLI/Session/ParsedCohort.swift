import AulaCohort
import AulaCost
import AulaModel
import AulaPipelines
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
    private let distrust: Distrust?

    /// A command that touches live things needs an id.
    ///
    /// - Throws: `DiagnosticError` with every problem in the file.
    static func read(
        _ options: CohortOptions, needsID: Bool, environment: [String: String], _ distrust: Distrust? = nil
    ) throws -> ParsedCohort {
        if distrust != nil { try Distrust.checkNoLink(options.cohort) }
        let file = try TextFile.read(options.cohort)
        let (parsed, findings) = CohortParser.parse(file)
        guard var cohort = parsed else {
            let components = CohortParser.soundComponents(in: file)
            let others = distrust == nil ? templateFindings(components, options, environment) : []
            throw DiagnosticError((findings + others).inFileOrder)
        }
        if let missing = CohortParser.missingID(of: cohort, in: file) {
            if needsID { throw DiagnosticError(findings + [missing]) }
            cohort.id = "new"
        }
        if let url = environment["AULA_GITLAB_URL"], !url.isEmpty {
            cohort.gitlab?.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        try distrust?.place(&cohort, environment: environment)
        return ParsedCohort(
            cohort: cohort, options: options, findings: findings, environment: environment, distrust: distrust)
    }

    /// Reads the templates and the prices, and expands the cohort with them.
    ///
    /// - Throws: `DiagnosticError` with every problem in them and in how the cohort uses them.
    func expanded() throws -> LoadedCohort {
        let folders = try TemplateFolders(
            cohort: options.cohort, further: options.templates, isTrusted: distrust == nil, environment: environment)
        let templates = try folders.templates()
        let (library, templateFindings) = TemplateLibrary.parse(templates)
        let (builds, buildFindings) = BuildTable.parse(templates)
        let (builtIn, own) = try folders.prices()
        let (prices, priceFindings) = PriceBook.parse(builtIn, own: own)
        let material = Material(
            files: try Self.ownFiles(of: cohort.components, library, beside: options.cohort, distrust), builds: builds,
            starters: try starters(folders))
        let (blueprint, expansionFindings) = Expander.expand(cohort, library: library, material: material)
        let all =
            findings + folders.findings + templateFindings + buildFindings + priceFindings + expansionFindings
        guard let blueprint, !all.contains(where: { $0.severity == .error }) else { throw DiagnosticError(all) }
        return LoadedCohort(cohort: cohort, blueprint: blueprint, prices: prices, warnings: all)
    }

    /// What the starters that components name consist of.
    ///
    /// - Throws: `DiagnosticError` with every file that cannot be part of a first commit.
    private func starters(_ folders: TemplateFolders) throws -> [Starter: [ProjectFile]] {
        let beside = URL(fileURLWithPath: options.cohort).deletingLastPathComponent()
        var starters: [Starter: [ProjectFile]] = [:]
        for component in cohort.components {
            guard let starter = component.starter, starters[starter] == nil else { continue }
            let position = cohort.positions["components.\(component.name).starter"]
            let folder: String
            switch starter {
            case .shipped(let name): folder = try folders.starter(name, at: position)
            case .folder(let path):
                try distrust?.check(path, in: beside)
                folder = beside.appendingPathComponent(path).path
            }
            starters[starter] = try StarterFolder.read(folder, named: starter.words, at: position)
        }
        return starters
    }

    /// What is wrong with how components use their templates, where the rest of the file cannot be expanded.
    ///
    /// Whether something else is wrong (a folder that cannot be read) will be said when the file is right.
    private static func templateFindings(
        _ components: [Component], _ options: CohortOptions, _ environment: [String: String]
    ) -> [Diagnostic] {
        guard
            let folders = try? TemplateFolders(
                cohort: options.cohort, further: options.templates, environment: environment),
            let templates = try? folders.templates()
        else { return [] }
        let (library, findings) = TemplateLibrary.parse(templates)
        let files = (try? ownFiles(of: components, library, beside: options.cohort)) ?? []
        return findings + components.flatMap { library.bind($0, files: files).1 }
    }

    /// The teacher's own manifests that components name, relative to the cohort file.
    private static func ownFiles(
        of components: [Component], _ library: TemplateLibrary, beside path: String, _ distrust: Distrust? = nil
    ) throws -> [SourceFile] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return try components.flatMap { library.paths(of: $0) }.flatMap { name -> [SourceFile] in
            let location = folder.appendingPathComponent(name)
            try distrust?.check(name, in: folder)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: location.path, isDirectory: &isFolder) else { return [] }
            let names =
                isFolder.boolValue
                ? try FileManager.default.contentsOfDirectory(atPath: location.path).sorted().filter {
                    $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
                }.map { "\(name)/\($0)" } : [name]
            return try names.map {
                try distrust?.check($0, in: folder)
                let read = try TextFile.readOrdinary(folder.appendingPathComponent($0).path)
                return SourceFile(path: $0, text: read.text)
            }
        }
    }
}
