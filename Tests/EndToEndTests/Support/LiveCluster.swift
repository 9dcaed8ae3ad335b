import AulaTestSupport
import Foundation
import Testing

/// A real cluster that KUBECONFIG names, with a class in it whose name nobody else has.
///
/// Everything is made by aula in namespaces of that class, and all of it is taken down in the end.
struct LiveCluster: Sendable {
    /// `make test-live` sets it, once it found a cluster that answers.
    static let isThere = ProcessInfo.processInfo.environment["AULA_LIVE"] == "1"

    let folder: URL
    let name: String
    let id: String
    private let environment: [String: String]

    /// Runs a test's body with a class of its own, and clears it away whatever happens.
    static func run(_ body: @Sendable (LiveCluster) async throws -> Void) async throws {
        let live = try LiveCluster()
        do {
            try await body(live)
        } catch {
            try await live.clear()
            throw error
        }
        try await live.clear()
    }

    private init() throws {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        id = String((0..<8).compactMap { _ in letters.randomElement() })
        name = "live-\(id.prefix(5))"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-live-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("AULA_") && !$0.key.hasPrefix("AZURE_") && $0.key != "GITLAB_TOKEN"
        }
        environment["PATH"] = "\(Tools.root.path)/.tools/bin:\(environment["PATH"] ?? "/usr/bin:/bin")"
        environment["XDG_STATE_HOME"] = folder.appendingPathComponent("state").path
        self.environment = environment
    }

    /// A cohort of two groups, in the context that kubectl would use.
    func cohort(groups: String = "2") async throws -> String {
        let context = try await kubectl("config", "current-context").output
        let text = Cohorts.small(
            name: name, id: id, title: "A class that tests make", groups: groups, gitlab: nil,
            place: "kubernetes: { context: \"\(context.trimmingCharacters(in: .whitespacesAndNewlines))\" }")
        let file = folder.appendingPathComponent("cohort.yaml")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    func aula(_ arguments: String..., environment extra: [String: String] = [:]) async throws -> Command {
        try await Command.run(
            try Tools.aula, arguments, environment: environment.merging(extra) { _, new in new }, in: folder)
    }

    func kubectl(_ arguments: String..., input: String = "") async throws -> Command {
        try await Command.run(try Tools.client("kubectl"), arguments, environment: environment, input: input)
    }

    /// Deletes the namespaces of this class, also where aula did not, and waits until they are gone.
    private func clear() async throws {
        let deleted = try await kubectl(
            "delete", "namespaces", "--selector", "aula.dev/id=\(id)", "--ignore-not-found", "--timeout=180s")
        try? FileManager.default.removeItem(at: folder)
        #expect(deleted.status == 0, "namespaces with the label aula.dev/id=\(id) are left: \(deleted.transcript)")
    }
}
