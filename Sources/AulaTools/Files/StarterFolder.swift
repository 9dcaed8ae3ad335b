package import AulaModel
import Foundation

/// Reads a folder that becomes the first commit of a team's project.
package enum StarterFolder {
    /// GitLab takes larger requests; what teams begin with is text.
    package static let limit = 10 << 20
    private static let fileLimit = 1_000

    /// Every file below a folder, in the order of their paths; `.git` at its top is left out.
    ///
    /// - Throws: `DiagnosticError` with every problem: a folder that is missing or empty, links, repositories inside,
    ///   what is no ordinary file, and too much of it.
    package static func read(_ folder: String, named name: String, at position: SourcePosition?) throws -> [ProjectFile]
    {
        func finding(_ text: String, _ hint: String) -> Diagnostic {
            Diagnostic(.error, text, at: position, hint: hint)
        }
        // The installed folder may be a link, as package tools make them.
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue,
            let names = FileManager.default.enumerator(atPath: root)
        else {
            throw DiagnosticError([finding("cannot read the folder \(name)", "make it beside the cohort file")])
        }
        var files: [ProjectFile] = []
        var findings: [Diagnostic] = []
        var size = 0
        while let path = names.nextObject() as? String {
            let type = names.fileAttributes?[.type] as? FileAttributeType
            let last = path.split(separator: "/").last ?? ""
            if path == ".git" {
                names.skipDescendants()
            } else if last == ".git" || path == ".gitmodules" {
                if type == .typeDirectory { names.skipDescendants() }
                findings.append(
                    finding(
                        "\(name) holds another repository: \(path)",
                        "copy its files into the folder, or let teams add it themselves"))
            } else if type == .typeSymbolicLink {
                findings.append(finding("\(name)/\(path) is a link", "put the file itself there"))
            } else if type == .typeRegular {
                let whole = "\(root)/\(path)"
                size += (names.fileAttributes?[.size] as? NSNumber)?.intValue ?? 0
                guard size <= limit, files.count < fileLimit else { break }
                guard let data = FileManager.default.contents(atPath: whole) else {
                    findings.append(finding("cannot read \(name)/\(path)", "check its permissions"))
                    continue
                }
                files.append(file(path, data, isExecutable: FileManager.default.isExecutableFile(atPath: whole)))
            } else if type != .typeDirectory {
                findings.append(finding("\(name)/\(path) is no ordinary file", "take it away"))
            }
        }
        if size > limit || files.count >= fileLimit {
            findings.append(
                finding(
                    "\(name) is too large for a first commit: it may have 10 MB in \(fileLimit) files",
                    "keep data and images out of it, and let the program fetch them"))
        }
        if files.isEmpty, findings.isEmpty { findings.append(finding("\(name) has no files", "put some there")) }
        guard findings.isEmpty else { throw DiagnosticError(findings) }
        return files.sorted { $0.path < $1.path }
    }

    private static func file(_ path: String, _ data: Data, isExecutable: Bool) -> ProjectFile {
        if !data.contains(0), let text = String(data: data, encoding: .utf8) {
            return ProjectFile(path: path, content: text, isExecutable: isExecutable)
        }
        return ProjectFile(
            path: path, content: data.base64EncodedString(), isBinary: true, isExecutable: isExecutable)
    }
}
