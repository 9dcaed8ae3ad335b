import AulaTestSupport
import Foundation
import Testing

/// What people get wrong on their first day: each is answered in one right sentence with the next step.
@Suite(.timeLimit(.minutes(5))) struct MistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// `FILE` stands for a cohort file with this text.
        var arguments: [String]
        var file: String
        var input = ""
        var environment: [String: String] = [:]
        var status: Int32 = 1
        /// The whole sentence, behind `error: `.
        var says: String
        var hint: String?

        /// A mistake in the file.
        init(_ name: String, _ old: String, _ new: String, says: String, hint: String?) {
            testDescription = name
            arguments = ["validate", "FILE"]
            file = MistakeTests.right.replacing(old, with: new)
            self.says = says
            self.hint = hint
        }

        /// A mistake in the command line or around it.
        init(
            _ arguments: String, status: Int32 = 64, environment: [String: String] = [:], says: String, hint: String?
        ) {
            testDescription = arguments
            self.arguments = arguments.split(separator: " ").map(String.init)
            file = MistakeTests.right
            self.status = status
            self.environment = environment
            self.says = says
            self.hint = hint
        }
    }

    static let right = """
        version: 1
        name: demo
        id: d3m0d3m0
        groups: 2
        environments: [test]
        components:
          api: { template: api, port: 8080, image: "registry.example/api:1" }
          db: { template: postgres, storage: 8Gi }
        kubernetes: { context: school }

        """

    static let mistakes: [Mistake] = [
        Mistake(
            "a number in quotes", "groups: 2", "groups: \"2\"", says: "`groups` must be a number, not `2`",
            hint: "write 2 without quotes"),
        Mistake(
            "a template's number in quotes", "port: 8080", "port: \"8080\"",
            says: "`port` must be a whole number, not `8080`", hint: "write 8080 without quotes"),
        Mistake(
            "no space after a colon", "groups: 2", "groups:2",
            says: "this is not YAML: could not find expected ':' while scanning a simple key",
            hint: "put a space behind the colon"),
        Mistake(
            "no space after a colon before a list", "environments: [test]", "environments:[test]",
            says: "this is not YAML: could not find expected ':' while scanning a simple key",
            hint: "put a space behind the colon"),
        Mistake(
            "no space after a colon in braces", "port: 8080", "port:8080",
            says: "component `api` has no parameter `port:8080`", hint: "put a space behind the colon: `port: 8080`"),
        Mistake(
            "no space after a colon of a key of aula's in braces", "{ context: school }", "{ context:school }",
            says: "unknown key `context:school` in `kubernetes`",
            hint: "put a space behind the colon: `context: school`"),
        Mistake(
            "curly quotes", "name: demo", "name: “demo”", says: "`“demo”` stands in typographic quotes",
            hint: "write \"demo\", or no quotes"),
        Mistake(
            "curly quotes around a number", "groups: 2", "groups: „2“", says: "`„2“` stands in typographic quotes",
            hint: "write 2"),
        Mistake(
            "8GB", "storage: 8Gi", "storage: 8GB", says: "`storage` must be an amount such as 500m or 64Mi, not `8GB`",
            hint: "write 8Gi"),
        Mistake(
            "kubernetes: sandbox", "kubernetes: { context: school }", "kubernetes: sandbox",
            says: "`kubernetes` must be a mapping, not `sandbox`", hint: "write kubernetes: { context: sandbox }"),
        Mistake(
            "a limit below its request", "port: 8080", "port: 8080, cpu: 500m, cpuLimit: 100m",
            says: "`api` asks for 500m of cpu and may use 100m at most",
            hint: "a limit is at least its request: raise `cpuLimit` or lower `cpu`"),
        Mistake("aply FILE", says: "there is no command `aula aply`", hint: "did you mean `aula apply`?"),
        Mistake(
            "tokens lst FILE", says: "there is no command `aula tokens lst`", hint: "did you mean `aula tokens list`?"),
        Mistake(
            "tokens frobnicate FILE", says: "there is no command `aula tokens frobnicate`",
            hint: "there are list, verify, rotate; `aula tokens --help` says what they do"),
        Mistake("help aply", says: "there is no command `aula aply`", hint: "did you mean `aula apply`?"),
        Mistake(
            "help tokens lst", says: "there is no command `aula tokens lst`", hint: "did you mean `aula tokens list`?"),
        Mistake(
            "apply FILE --auto-approve", says: "Unknown option '--auto-approve'",
            hint: "`--yes` goes on without being asked"),
        Mistake(
            "destroy FILE --yes", says: "Unknown option '--yes'",
            hint: "destroy takes `--confirm NAME` with the cohort's name, which no other file answers to"),
        Mistake(
            "destroy FILE --group g1", says: "Unknown option '--group'",
            hint: "destroy takes the whole class down; for a part, take it out of the cohort file and run `aula apply`"),
        Mistake(
            "apply FILE --dry-run", says: "Unknown option '--dry-run'",
            hint: "`aula plan` shows what apply would do, without doing it"),
        Mistake(
            "init none/class.yaml", status: 1, says: "cannot write none/class.yaml: No such file or directory",
            hint: "there is no folder none"),
        Mistake(
            "validate class.yaml/none", status: 1, says: "cannot read class.yaml/none: Not a directory",
            hint: "check the path"),
        Mistake(
            "plan FILE", status: 1, environment: ["KUBECONFIG": "kubeconfig"],
            says: "kubernetes cannot be read: the kubeconfig has no context school",
            hint: "did you mean `schools`?"),
        Mistake(
            "plan FILE", status: 1, environment: ["KUBECONFIG": "others"],
            says: "kubernetes cannot be read: the kubeconfig has no context school", hint: "it has ana, bob"),
    ]

    @Test(arguments: mistakes) func `one right sentence and the next step`(mistake: Mistake) async throws {
        let result = try await run(mistake.arguments, mistake.file, environment: mistake.environment)
        #expect(result.status == mistake.status, "\(result.transcript)")
        let errors = result.errors.split(separator: "\n").compactMap { $0.firstMatch(of: /[Ee]rror: (.*)/)?.1 }
        #expect(errors.map(String.init) == [mistake.says], "\(result.transcript)")
        let hints = result.errors.split(separator: "\n").compactMap { $0.wholeMatch(of: /\s*hint: (.*)/)?.1 }
        #expect(hints.map(String.init) == [mistake.hint].compactMap(\.self), "\(result.transcript)")
    }

    @Test func `the file that all mistakes are made in is right`() async throws {
        let result = try await run(["validate", "FILE"], Self.right)
        #expect(result.status == 0, "\(result.transcript)")
    }

    @Test(arguments: [["help"], ["help", "apply"], ["help", "tokens", "list"], ["--help"], ["--version"]])
    func `help that exists is no mistake`(arguments: [String]) async throws {
        let result = try await run(arguments, Self.right)
        #expect(result.status == 0 && result.errors.isEmpty && !result.output.isEmpty, "\(result.transcript)")
    }

    @Test func `a dash is standard input, and what is wrong in it has its place`() async throws {
        let valid = try await run(["validate", "-"], Self.right, input: Self.right)
        #expect(valid.status == 0, "\(valid.transcript)")
        #expect(valid.output.hasPrefix("The cohort file is valid: 2 groups"), "\(valid.transcript)")
        let plan = try await run(["plan", "-", "--offline"], Self.right, input: Self.right)
        #expect(plan.status == 0 && plan.output.contains("Plan: "), "\(plan.transcript)")
        let wrong = try await run(
            ["validate", "-"], Self.right, input: Self.right.replacing("groups: 2", with: "groups: 0"))
        #expect(wrong.status == 1 && wrong.errors.contains("<stdin>:4:9: error: "), "\(wrong.transcript)")
        let initialized = try await run(["init", "-"], Self.right)
        #expect(initialized.status == 64 && initialized.errors.contains("give it a name"), "\(initialized.transcript)")
    }

    @Test func `a sandbox that is not running is one sentence, however much it stands for`() async throws {
        let sandbox = try scratch()
        defer { try? FileManager.default.removeItem(at: sandbox) }
        let environment = [
            "AULA_SANDBOX": sandbox.path, "KUBECONFIG": sandbox.path + "/kubeconfig", "GITLAB_TOKEN": "t",
            "AULA_GITLAB_URL": "http://127.0.0.1:1",
        ]
        for pid in [nil, "0", "99999999"] {
            if let pid { try Data("\(pid)\n".utf8).write(to: sandbox.appendingPathComponent("pid")) }
            let result = try await run(["plan", "FILE"], Self.right, environment: environment)
            #expect(result.status == 1)
            #expect(
                result.errors == """
                    error: the sandbox of \(sandbox.path) is not running
                      hint: start it with `aula sandbox --state \(sandbox.path)`, or open a new shell for real systems

                    1 error


                    """, "\(result.transcript)")
        }
    }

    @Test func `what cannot be rendered whole is not left half`() async throws {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        // To the one that writes, a limit on the size of files is what a full disk is.
        let out = folder.appendingPathComponent("out").path
        try write(Self.right, in: folder)
        let result = try await Command.run(
            "/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 1; exec \(try Tools.aula) render class.yaml --out out"],
            environment: try environment(folder), in: folder)
        #expect(result.status == 1, "\(result.transcript)")
        #expect(result.errors.contains("error: cannot write out/"), "\(result.transcript)")
        #expect(!FileManager.default.fileExists(atPath: out))
        let blocked = try await Command.run(
            try Tools.aula, ["render", "class.yaml", "--out", "class.yaml/out"], environment: try environment(folder),
            in: folder)
        #expect(blocked.status == 1, "\(blocked.transcript)")
        #expect(blocked.errors.contains("error: cannot make the folder class.yaml/out/"), "\(blocked.transcript)")
        #expect(blocked.errors.contains(": Not a directory\n"), "\(blocked.transcript)")
    }

    // MARK: Around it

    private func run(
        _ arguments: [String], _ file: String, input: String = "", environment further: [String: String] = [:]
    ) async throws -> Command {
        let folder = try scratch()
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(file, in: folder)
        for (name, contexts) in [("kubeconfig", ["schools", "other"]), ("others", ["ana", "bob"])] {
            let list = contexts.map { "- { name: \($0), context: { cluster: c, user: u } }\n" }.joined()
            let text = """
                apiVersion: v1
                kind: Config
                clusters: [{ name: c, cluster: { server: "https://127.0.0.1:1" } }]
                users: [{ name: u, user: { token: t } }]
                contexts:
                \(list)
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        return try await Command.run(
            try Tools.aula, arguments.map { $0 == "FILE" ? "class.yaml" : $0 },
            environment: try environment(folder).merging(further) { _, new in new }, input: input, in: folder)
    }

    private func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-mistake-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func write(_ text: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent("class.yaml"))
    }

    private func environment(_ folder: URL) throws -> [String: String] {
        ["HOME": folder.path, "PATH": "/usr/bin:/bin", "AULA_KUBECTL": try Tools.client("kubectl")]
    }
}
