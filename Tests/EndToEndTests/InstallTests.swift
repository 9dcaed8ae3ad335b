import AulaTestSupport
import Foundation
import Testing

/// What `make install` puts on a machine, and `make uninstall` takes away.
@Suite(.timeLimit(.minutes(3))) struct InstallTests {
    private func install(_ argument: String, into folder: URL) async throws -> Command {
        let path = "/usr/bin:/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        return try await Command.run(
            Tools.root.appendingPathComponent("scripts/install").path, [argument],
            environment: ["PREFIX": "/opt/school", "DESTDIR": folder.path, "PATH": path, "HOME": folder.path])
    }

    private func files(in folder: URL) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            let path = folder.appendingPathComponent(name).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    @Test func `an installed aula has its templates, documents, completions and manual, replaces and goes whole`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-install-\(UUID().uuidString)")
        let prefix = folder.appendingPathComponent("opt/school")
        defer { try? FileManager.default.removeItem(at: folder) }
        // A template that the version before had and this one has not.
        let old = prefix.appendingPathComponent("share/aula/templates/old")
        try FileManager.default.createDirectory(at: old, withIntermediateDirectories: true)
        try Data("name: old\n".utf8).write(to: old.appendingPathComponent("template.yaml"))
        let installed = try await install(try Tools.aula, into: folder)
        #expect(installed.status == 0, "\(installed.transcript)")
        let names = files(in: prefix)
        #expect(!names.contains { $0.contains("/old/") })
        for name in [
            "bin/aula", "share/aula/templates/api/template.yaml", "share/doc/aula/README.md",
            "share/doc/aula/docs/term.md", "share/doc/aula/cohorts/memo2.yaml",
            "share/bash-completion/completions/aula", "share/zsh/site-functions/_aula",
            "share/fish/vendor_completions.d/aula.fish", "share/man/man1/aula.1",
        ] {
            #expect(names.contains(name), "\(names)")
        }
        let manual = try String(
            contentsOf: prefix.appendingPathComponent("share/man/man1/aula.1"), encoding: .utf8)
        for section in ["aula tokens rotate", "aula destroy", "aula sandbox"] {
            #expect(manual.contains("\n.SH \(section)\n"), "\(section)")
        }
        #expect(manual.contains("AULA_CA_FILE"))
        // It finds its templates where they lie.
        let valid = try await Command.run(
            prefix.appendingPathComponent("bin/aula").path,
            ["validate", prefix.appendingPathComponent("share/doc/aula/cohorts/memo2.yaml").path],
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"])
        #expect(valid.status == 0, "\(valid.transcript)")
        let removed = try await install("--uninstall", into: folder)
        #expect(removed.status == 0, "\(removed.transcript)")
        #expect(files(in: prefix) == [])
    }
}
