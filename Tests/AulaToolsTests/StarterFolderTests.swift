import AulaModel
import AulaTools
import Foundation
import Testing

@Suite struct StarterFolderTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "aula-starter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func write(_ data: Data, _ path: String, in folder: URL, executable: Bool = false) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        if executable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path) }
    }

    private func problems(_ folder: URL) -> [String] {
        do {
            _ = try StarterFolder.read(folder.path, named: "begin", at: nil)
            return []
        } catch let error as DiagnosticError {
            return error.diagnostics.map(\.message)
        } catch {
            return ["\(error)"]
        }
    }

    @Test
    func `text stays text, what is none becomes Base64, programs stay programs, and git's own folder is left out`()
        throws
    {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(Data("a ñ\n".utf8), "src/main.py", in: folder)
        try write(Data([0, 1, 255]), "logo.png", in: folder)
        try write(Data("#!/bin/sh\n".utf8), "run", in: folder, executable: true)
        try write(Data("x".utf8), ".git/config", in: folder)
        let files = try StarterFolder.read(folder.path, named: "begin", at: nil)
        #expect(
            files == [
                ProjectFile(path: "logo.png", content: "AAH/", isBinary: true),
                ProjectFile(path: "run", content: "#!/bin/sh\n", isExecutable: true),
                ProjectFile(path: "src/main.py", content: "a ñ\n"),
            ])
    }

    @Test func `links, repositories inside, emptiness and too much are each named`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(problems(folder) == ["begin has no files"])
        #expect(problems(folder.appending(path: "nowhere")) == ["cannot read the folder begin"])
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "passwd"), withDestinationURL: URL(filePath: "/etc/passwd"))
        try write(Data("gitdir: elsewhere".utf8), "part/.git", in: folder)
        #expect(Set(problems(folder)) == ["begin/passwd is a link", "begin holds another repository: part/.git"])
        try write(Data(count: StarterFolder.limit + 1), "film.mp4", in: folder)
        #expect(problems(folder).contains { $0.hasPrefix("begin is too large for a first commit") })
    }
}
