import AulaModel
import AulaTools
import Foundation

/// Where templates and prices lie: the built-in ones with the program, the teacher's own beside the cohort file.
struct TemplateFolders {
    /// In the order of rising priority: a later file of the same template wins.
    var folders: [String]
    /// Said where a folder beside the file does not count.
    private(set) var findings: [Diagnostic] = []

    /// - Parameters:
    ///   - path: the cohort file.
    ///   - further: folders that the command line names.
    ///   - isTrusted: whether templates beside the file count.
    ///   - environment: where the built-in ones are, if not beside the program.
    /// - Throws: `DiagnosticError` for a folder that is missing or does not count.
    init(
        cohort path: String, further: [String], isTrusted: Bool = true, environment: [String: String]
    ) throws(DiagnosticError) {
        guard let builtIn = Self.builtIn(environment) else {
            throw DiagnosticError(
                "the built-in templates are not beside the program",
                hint: "set AULA_TEMPLATES to the folder `templates` of aula's sources, or install with `make install`")
        }
        folders = [builtIn]
        let beside = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("templates").path
        if beside != builtIn, Self.isFolder(beside) {
            if isTrusted {
                folders.append(beside)
            } else {
                findings.append(Diagnostic(.warning, "\(beside) does not count: the file is not trusted"))
            }
        }
        guard isTrusted || further.isEmpty else {
            throw DiagnosticError(
                "--untrusted takes no templates but aula's own", hint: "leave --templates out, or --untrusted")
        }
        for folder in further {
            guard Self.isFolder(folder) else {
                throw DiagnosticError("\(folder) is no folder", hint: "--templates takes a folder of template folders")
            }
            folders.append(folder)
        }
    }

    /// The installed folder, or the one of the source tree that the program was built in.
    private static func builtIn(_ environment: [String: String]) -> String? {
        if let named = environment["AULA_TEMPLATES"] { return isFolder(named) ? named : nil }
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
        var folder = program.deletingLastPathComponent()
        for _ in 0..<6 {
            for candidate in ["share/aula/templates", "templates"] {
                let path = folder.appendingPathComponent(candidate).path
                if isFolder(path + "/environment") { return path }
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Every YAML file of the template folders, `prices` left out.
    func templates() throws -> [SourceFile] {
        try folders.flatMap { folder in try Self.files(in: folder) { !$0.hasPrefix("prices/") } }
    }

    /// The folder of a starter; of two with one name the later template folder's counts.
    ///
    /// - Throws: `DiagnosticError` that names those there are.
    func starter(_ name: String, at position: SourcePosition?) throws -> String {
        let all = folders.map { "\($0)/starters" }
        if let found = all.last(where: { Self.isFolder("\($0)/\(name)") }) { return "\(found)/\(name)" }
        let known = all.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }.sorted()
        throw DiagnosticError([
            Diagnostic(
                .error, "there is no starter `\(name)`", at: position,
                hint: (Spelling.hint(for: name, listing: known) ?? "aula has none")
                    + "; a folder of your own is written with a slash: \(name)/")
        ])
    }

    /// The price files that come with aula, and the teacher's own.
    func prices() throws -> (builtIn: [SourceFile], own: [SourceFile]) {
        let files = try folders.map { folder in try Self.files(in: folder) { $0.hasPrefix("prices/") } }
        return (files[0], files.dropFirst().flatMap(\.self))
    }

    private static func files(in folder: String, _ includes: (String) -> Bool) throws -> [SourceFile] {
        // The enumerator does not follow a link, such as package tools make of an installed folder.
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        let names = FileManager.default.enumerator(atPath: real)?.compactMap { $0 as? String } ?? []
        return try names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && includes($0) }.sorted().map {
            try TextFile.readOrdinary("\(folder)/\($0)")
        }
    }
}
