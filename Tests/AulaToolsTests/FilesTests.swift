import AulaModel
import AulaTools
import Foundation
import Testing

@Suite struct FilesTests {
    private func scratch() throws -> String {
        let folder = "/tmp/aula-files-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private func permissions(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func `a private file is the owner's alone and replaces the old one whole`() throws {
        let path = try scratch() + "/secret"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try PrivateFile.write(Data("new".utf8), to: path)
        #expect(try permissions(path) == 0o600)
        #expect(try TextFile.read(path) == SourceFile(path: path, text: "new"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent).count == 1
        )
    }

    @Test(.timeLimit(.minutes(1)))
    func `a pipe in place of a file that another file names is refused at once, not waited for`() throws {
        let pipe = try scratch() + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let error = #expect(throws: DiagnosticError.self) { try TextFile.readOrdinary(pipe) }
        #expect(error?.diagnostics.first?.message == "cannot read \(pipe): it is no ordinary file")
    }

    @Test func `a file that is missing, too large or not text is an error in words`() throws {
        let folder = try scratch()
        try Data(repeating: 0x20, count: SourceFile.limit + 1).write(to: URL(fileURLWithPath: folder + "/large"))
        try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder + "/binary"))
        #expect(throws: DiagnosticError.self) { try TextFile.read(folder + "/none") }
        #expect(throws: DiagnosticError.self) { try TextFile.read(folder + "/large") }
        #expect(throws: DiagnosticError.self) { try TextFile.read(folder) }
        #expect(throws: DiagnosticError.self) { try TextFile.read(folder + "/binary") }
    }

    @Test func `a run's folder is private, short, and gone at the end`() throws {
        let folder = try RunFolder(environment: ["TMPDIR": try scratch()])
        #expect(try permissions(folder.path) == 0o700)
        #expect(folder.path.utf8.count < 80)
        folder.close()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `the next run sweeps what a dead one left, and nothing else`() throws {
        let base = try scratch()
        let living = try RunFolder(environment: ["TMPDIR": base])
        let dead = base + "/aula-run-dead00"
        let young = base + "/aula-run-young0"
        for path in [dead, young] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        // The number is ours, but the start time is another process's.
        let reused = ProcessIdentity(number: ProcessIdentity.own.number, startTime: "1")
        try Data(reused.description.utf8).write(to: URL(fileURLWithPath: dead + "/owner"))
        _ = try RunFolder(environment: ["TMPDIR": base])
        #expect(!FileManager.default.fileExists(atPath: dead))
        #expect(FileManager.default.fileExists(atPath: young))
        #expect(FileManager.default.fileExists(atPath: living.path))
    }

    @Test func `a process is told apart from a later one with its number`() {
        #expect(ProcessIdentity.own.isAlive)
        #expect(ProcessIdentity(ProcessIdentity.own.description) == ProcessIdentity.own)
        #expect(!ProcessIdentity(number: ProcessIdentity.own.number, startTime: "1").isAlive)
    }
}
