import AulaTestSupport
import Foundation
import Testing

/// A sandbox that a program started ends with it, however the program ended.
@Suite(.timeLimit(.minutes(2))) struct SandboxEndTests {
    /// A folder that goes with the test; short, because of the sockets in it.
    private let folder = URL(fileURLWithPath: "/tmp/aula-end-\(UInt32.random(in: .min ... .max))")

    @Test func `tests that are killed leave no sandbox behind`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let note = folder.appendingPathComponent("state-of-the-sandbox").path
        await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
            try await Sandbox.run { sandbox in
                let state = sandbox.folder.appendingPathComponent("state").path
                try Data(state.utf8).write(to: URL(fileURLWithPath: note))
                try #require(isInUse(state))
                kill(getpid(), SIGKILL)
            }
        }
        let state = try String(contentsOfFile: note, encoding: .utf8)
        try await expectEnd(of: state)
        try FileManager.default.removeItem(at: URL(fileURLWithPath: state).deletingLastPathComponent())
    }

    @Test func `a demo that is killed leaves no sandbox behind`() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let demo = try await StartedCommand(
            "/bin/bash", [Tools.root.appendingPathComponent("scripts/demo").path, try Tools.aula],
            environment: ["PATH": path, "HOME": folder.path, "TMPDIR": folder.path])
        try await waitUntil("the demo's sandbox is ready") {
            try #require(demo.isRunning, "\(demo.output)\(demo.errors)")
            return demo.output.contains("sandbox ready")
        }
        let made = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let state = folder.appendingPathComponent(try #require(made.first { $0.hasPrefix("aula-demo.") })).path
        #expect(isInUse(state))
        demo.send(SIGKILL)
        // In this order: a demo counts as running for as long as something that it started does.
        try await expectEnd(of: state)
        _ = try await demo.end()
    }

    @Test func `a sandbox that was not told to does not care for its input`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let sandbox = try await StartedCommand(
            try Tools.aula, ["sandbox", "--state", folder.path], environment: ["HOME": folder.path])
        try await waitUntil("the sandbox is ready") {
            try #require(sandbox.isRunning, "\(sandbox.output)\(sandbox.errors)")
            return sandbox.output.contains("sandbox ready")
        }
        try await Task.sleep(for: .milliseconds(300))
        #expect(sandbox.isRunning, "its input was at its end from the start")
        sandbox.send(SIGTERM)
        let end = try await sandbox.end()
        #expect(end.status == 0, "\(end.transcript)")
        #expect(!isInUse(folder.path))
    }

    /// Waits until nobody uses the state any more; what does not end by itself is ended here, and has failed.
    private func expectEnd(of state: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while isInUse(state), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        guard isInUse(state) else { return }
        let owner = try String(contentsOfFile: "\(state)/pid", encoding: .utf8)
        let process = try #require(Int32(owner.trimmingCharacters(in: .whitespacesAndNewlines)))
        kill(process, SIGKILL)
        Issue.record("the sandbox, process \(process), went on without the one who started it")
    }
}

/// Whether a sandbox lives that uses the state folder: it holds a lock there, which the kernel takes away at its end.
private func isInUse(_ state: String) -> Bool {
    let descriptor = open("\(state)/pid", O_RDWR)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
}
