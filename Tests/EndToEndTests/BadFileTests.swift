import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// Files that are no cohort: one clear error with its place, exit 1, no crash, and nothing sent anywhere.
@Suite(.timeLimit(.minutes(9))) struct BadFileTests {
    struct BadFile: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: Data
        /// What the error says.
        var says: String
        /// Whether the error names a line of the file.
        var hasPlace = true

        var testDescription: String { name }

        init(_ name: String, _ text: String, says: String, hasPlace: Bool = true) {
            self.init(name, bytes: Data(text.utf8), says: says, hasPlace: hasPlace)
        }

        init(_ name: String, bytes: Data, says: String, hasPlace: Bool = true) {
            self.name = name
            self.bytes = bytes
            self.says = says
            self.hasPlace = hasPlace
        }
    }

    private static let azure = """
        azure:
          subscription: 00000000-0000-0000-0000-000000000000
          location: westus
          resourceGroup: demo
          cluster: { name: demo, nodeSize: Standard_B2s, nodes: 2 }
        """

    private static let bombs = (1...9).map {
        "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]"
    }

    static let files: [BadFile] = [
        BadFile("not YAML", "version: 1\nname: [demo\n", says: "not YAML"),
        BadFile("an unknown key", Cohorts.small(more: "gruops: 7\n"), says: "did you mean"),
        BadFile("a wrong type", Cohorts.small(groups: "{ a: 1 }"), says: "groups"),
        BadFile("no group", Cohorts.small(groups: "0"), says: "groups"),
        BadFile("too many groups", Cohorts.small(groups: "10001"), says: "groups"),
        BadFile("two groups of one name", Cohorts.small(groups: "[g1, g1]"), says: "g1"),
        BadFile("two names that collide as slugs", Cohorts.small(groups: "[Los Gatos, los-gatos]"), says: "los-gatos"),
        BadFile("a group without a name", Cohorts.small(groups: "[{ members: [ana] }]"), says: "name"),
        BadFile(
            "a name that is too long", Cohorts.small(name: String(repeating: "long-", count: 12) + "name"), says: "63"),
        BadFile(
            "a date that does not exist", Cohorts.small(more: "term: { start: 2026-02-30, end: 2026-07-01 }\n"),
            says: "2026-02-30"),
        BadFile(
            "a term that ends before it starts", Cohorts.small(more: "term: { start: 2026-07-01, end: 2026-02-01 }\n"),
            says: "end"),
        BadFile("a budget without currency", Cohorts.small(more: "budget: { amount: 100 }\n"), says: "currency"),
        BadFile(
            "an alias bomb",
            "version: 1\nname: demo\na0: &a0 [x,x,x,x,x,x,x,x,x]\n" + bombs.joined(separator: "\n") + "\n",
            says: "alias"),
        BadFile(
            "nested brackets", "version: 1\nname: " + String(repeating: "[", count: 100_000) + "\n", says: "deep"),
        BadFile("NUL", bytes: Data("version: 1\nname: de\0mo\n".utf8), says: "U+0000"),
        BadFile("invalid UTF-8", bytes: Data([0x76, 0x3a, 0x20, 0xc3, 0x28, 0x0a]), says: "UTF-8", hasPlace: false),
        BadFile("2 MiB", "version: 1\n" + String(repeating: "# a long remark\n", count: 1 << 17), says: "1 MiB"),
    ]

    @Test(arguments: files) func `one clear error, exit 1, and nothing is sent`(file: BadFile) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-bad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("cohort.yaml").path
        try file.bytes.write(to: URL(fileURLWithPath: path))
        // With no tools on the PATH and no address to go to, anything that was sent would fail in another way.
        let environment = ["HOME": folder.path, "PATH": "/nowhere", "AULA_GITLAB_URL": "http://127.0.0.1:1"]
        let result = try await Command.run(
            try Tools.aula, ["apply", path, "--yes"], environment: environment, in: folder)
        #expect(result.status == 1, "\(result.transcript.prefix(2000))")
        #expect(result.errors.contains("error: "))
        #expect(result.errors.contains(file.says), "\(result.errors.prefix(2000))")
        if file.hasPlace { #expect(result.errors.contains("cohort.yaml:"), "\(result.errors.prefix(2000))") }
        #expect(result.output == "")
        #expect(!result.errors.contains("cannot be read: "), "it got as far as the systems")
    }

    @Test(arguments: ["nodeSize: Standard_B2x", "location: mars"])
    func `a price that nobody knows is missing, not zero`(
        wrong: String
    ) async throws {
        let key = wrong.split(separator: ":")[0]
        let text = Cohorts.small(gitlab: nil).replacing(
            "kubernetes: {}",
            with: Self.azure.replacing(
                key == "nodeSize" ? "nodeSize: Standard_B2s" : "location: westus", with: wrong))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("aula-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let result = try await Command.run(
            try Tools.aula, ["cost", file.path], environment: ["HOME": NSTemporaryDirectory(), "PATH": "/nowhere"])
        #expect((result.output + result.errors).contains("at least"), "\(result.transcript)")
    }

    @Test func `a template that is wrong is found before any system is asked anything`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(components: "api: { template: api, port: eighty }"))
            let result = try await sandbox.aula("apply", file, "--yes")
            #expect(result.status == 1)
            #expect(result.errors.contains("cohort.yaml:8:"), "\(result.transcript)")
            #expect(result.errors.contains("`port` must be a whole number"), "\(result.transcript)")
            // A kubectl of the Google Cloud CLI asks the cluster for its version whenever it starts.
            let asked = try sandbox.requests().filter { $0["agent"]?.string?.hasPrefix("kubectl-dispatcher/") != true }
            #expect(asked == [])
        }
    }

    @Test func `a good file is said to be valid, with what it makes`() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("aula-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(Cohorts.small().utf8).write(to: file)
        let result = try await Command.run(
            try Tools.aula, ["validate", file.path], environment: ["HOME": NSTemporaryDirectory(), "PATH": "/nowhere"])
        #expect(result.status == 0, "\(result.transcript)")
        #expect(result.output.contains("is valid: 2 groups × 1 environment × 1 component, "), "\(result.output)")
    }

    @Test func `what is wrong with the use of templates is said beside what is wrong in the file`() async throws {
        let text = """
            version: 1
            name: demo
            gruops: 7
            groups: 2
            environments: [test]
            components:
              api: { template: apo }
              bot: { template: bot, shade: dark }
              db: { template: postgres, replicas: many }
            kubernetes: {}

            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("aula-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let result = try await Command.run(
            try Tools.aula, ["validate", file.path], environment: ["HOME": NSTemporaryDirectory(), "PATH": "/nowhere"])
        #expect(result.status == 1)
        let errors = result.errors.split(separator: "\n").filter { $0.contains(": error: ") }.map {
            $0.split(separator: ".yaml:")[1]
        }
        #expect(
            errors == [
                "3:1: error: unknown key `gruops`", "7:3: error: there is no template `apo` for `api`",
                "8:32: error: component `bot` has no parameter `shade`",
                "9:39: error: `components.db.replicas` must be a whole number, not `many`",
            ], "\(result.errors)")
    }
}
