import AulaModel
package import Foundation

/// The folder of one sandbox: private to its owner, and used by one sandbox at a time.
package struct StateFolder: Sendable {
    package let url: URL

    /// - Throws: where the folder cannot be made.
    package init(_ url: URL) throws {
        self.url = url.standardizedFileURL
        try StateFolder.makePrivate(self.url)
    }

    package subscript(name: String) -> URL { url.appending(path: name) }

    private static func makePrivate(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // The attributes above are for a folder that was made just now; one that was there is closed as well.
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
        } catch {
            throw SandboxError("cannot make the state folder \(url.path): \(error.localizedDescription)")
        }
    }

    /// A folder inside, made where it is missing.
    func folder(_ name: String) throws -> URL {
        let inner = url.appending(path: name, directoryHint: .isDirectory)
        try StateFolder.makePrivate(inner)
        return inner
    }

    /// Puts a file in its place at once and whole, readable by its owner only.
    func write(_ data: Data, to name: String) throws {
        let target = self[name]
        let draft = self[name + ".new"]
        let made = FileManager.default.createFile(
            atPath: draft.path, contents: data, attributes: [.posixPermissions: 0o600])
        guard made, rename(draft.path, target.path) == 0 else {
            throw SandboxError("cannot write \(target.path)")
        }
    }

    func write(_ text: String, to name: String) throws {
        try write(Data(text.utf8), to: name)
    }

    /// A file's content; nil where there is none.
    func read(_ name: String) -> Data? {
        try? Data(contentsOf: self[name])
    }

    func readJSON(_ name: String) -> JSON? {
        read(name).flatMap { try? JSON(parsing: $0) }
    }
}
