import AulaModel
import Foundation

/// What a cohort file of somebody else may not decide: where aula looks, and what it reads of this machine.
struct Distrust {
    var context: String?
    var subscription: String?
    var gitlab: String?
    /// Nothing is asked, so that nobody has to say where.
    var isOffline = false

    /// Puts the places of the command line in place of the file's.
    ///
    /// - Throws: `DiagnosticError` that names every option that is missing.
    func place(_ cohort: inout Cohort, environment: [String: String]) throws(DiagnosticError) {
        guard !isOffline else { return }
        var missing: [String] = []
        switch cohort.site {
        case .azure(var azure):
            if let subscription { azure.subscription = subscription } else { missing.append("--subscription ID") }
            cohort.site = .azure(azure)
        case .context:
            if context == nil { missing.append("--context NAME") }
            cohort.site = .context(context)
        }
        if cohort.gitlab != nil {
            let named = gitlab ?? environment["AULA_GITLAB_URL"].flatMap { $0.isEmpty ? nil : $0 }
            if let named { cohort.gitlab?.url = named } else { missing.append("--gitlab URL") }
        }
        guard !missing.isEmpty else { return }
        throw DiagnosticError(
            "an untrusted file does not say where to look", hint: "add \(missing.joined(separator: " ")), or --offline")
    }

    /// A file that may be read: in the folder, and by no link on the way.
    ///
    /// - Throws: `DiagnosticError`.
    func check(_ path: String, in folder: URL) throws(DiagnosticError) {
        let steps = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !path.hasPrefix("/"), !steps.contains("..") else {
            throw DiagnosticError(
                "\(path) is outside the folder of an untrusted file", hint: "look at it, and plan without --untrusted")
        }
        var place = folder
        for step in steps where !step.isEmpty {
            place.appendPathComponent(step)
            try Self.checkNoLink(place.path)
        }
    }

    /// - Throws: `DiagnosticError` for a symbolic link.
    static func checkNoLink(_ path: String) throws(DiagnosticError) {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard type != .typeSymbolicLink else {
            throw DiagnosticError("\(path) is a link, which --untrusted does not follow", hint: "name the file itself")
        }
    }
}
