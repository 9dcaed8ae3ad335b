import AulaModel
import AulaTestSupport
import Foundation
import Testing

@testable import AulaPipelines

@Suite struct GitLabPipelineFileTests {
    static let images = ToolImages(
        kubectl: "tools/kubectl:1", docker: "docker:29", dockerDaemon: "docker:29-dind", buildah: "tools/buildah:1")
    static let python = BuildVariant(
        image: "python:3.14-slim", prepare: ["pip install --quiet -r requirements.txt"], tests: ["python -m unittest"],
        cache: PipelineJob.Cache(of: "requirements.txt", paths: [".pip"]),
        results: PipelineJob.Results(junit: "report.xml"))

    static func pipeline(
        _ environments: [String] = ["test", "prod"], _ settings: PipelineSettings = PipelineSettings(build: "python"),
        _ variant: BuildVariant = python
    ) -> Pipeline {
        Pipeline(
            of: "api", environments: environments.map { Environment(name: $0) }, settings, variant, images: images)
    }

    @Test func `a course's pipeline is what a teacher can read`() throws {
        let settings = PipelineSettings(
            build: "python", builder: .buildah, acceptance: ["./acceptance.sh"], acceptanceSets: 3)
        try expectGolden(try GitLabPipelineFile.shared(Self.pipeline(["test", "prod"], settings)), "api.yml")
        try expectGolden(
            try GitLabPipelineFile.team(project: "edu/2026/pipelines", component: "api"), "team.gitlab-ci.yml")
    }

    @Test func `the last of several environments and every production waits for a person`() {
        func triggers(_ environments: String...) -> [String: PipelineJob.Trigger] {
            Dictionary(
                uniqueKeysWithValues: Self.pipeline(environments).jobs.filter { $0.name.hasPrefix("deploy-") }
                    .map { ($0.name, $0.trigger) })
        }
        #expect(triggers("test", "prod") == ["deploy-test": .defaultBranch, "deploy-prod": .byHand])
        #expect(triggers("lab") == ["deploy-lab": .defaultBranch])
        #expect(triggers("prod") == ["deploy-prod": .byHand])
        #expect(
            triggers("dev", "prod", "demo") == [
                "deploy-dev": .defaultBranch, "deploy-prod": .byHand, "deploy-demo": .byHand,
            ])
    }

    @Test func `what the Dockerfile tests itself has no test job`() {
        let names = Self.pipeline(["test"], PipelineSettings(), BuildVariant()).jobs.map(\.name)
        #expect(names == ["package", "deploy-test", "rollback-test"])
    }

    @Test func `a team's own tests take the place of the variant's`() {
        let jobs = Self.pipeline(["test"], PipelineSettings(build: "python", tests: ["make check"])).jobs
        #expect(jobs.first?.script == ["pip install --quiet -r requirements.txt", "make check"])
    }
}

/// The shell of the jobs, run by a real shell.
@Suite struct PipelineScriptTests {
    /// Runs lines as a runner does: each in turn, until one fails.
    private func run(_ lines: [String], _ environment: [String: String] = [:], files: [String: String] = [:])
        async throws
        -> (
            status: Int32, output: String
        )
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aula-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        let result = try await Command.run(
            "/bin/sh", ["-e", "-c", "exec 2>&1\n" + lines.joined(separator: "\n")],
            environment: environment.merging(["PATH": "\(folder.path):/usr/bin:/bin"]) { mine, _ in mine }, in: folder)
        return (result.status, result.output)
    }

    @Test(
        arguments: [
            ("1.2.0\n", "registry/x:1.2.0-1a2b3c4d"), ("", "registry/x:1a2b3c4d"), (nil, "registry/x:1a2b3c4d"),
            (" v2 beta/../$(id)\n", "registry/x:v2beta..id-1a2b3c4d"), ("..-1\n", "registry/x:1-1a2b3c4d"),
            (String(repeating: "9", count: 200), "registry/x:\(String(repeating: "9", count: 80))1a2b3c4d"),
        ] as [(String?, String)])
    func `the tag is the version and the commit, whatever the file holds`(version: String?, image: String) async throws
    {
        let result = try await run(
            [PackageScript.name, #"echo "$IMAGE""#],
            ["CI_REGISTRY_IMAGE": "registry/x", "CI_COMMIT_SHORT_SHA": "1a2b3c4d"],
            files: version.map { ["VERSION.txt": $0] } ?? [:])
        #expect(result.output == "\(image)\n")
        #expect(result.status == 0)
    }

    /// A kubectl that writes down what it was asked, and fails where a test says so.
    private static func kubectl(failing verb: String = "nothing") -> [String: String] {
        ["kubectl": "#!/bin/sh\necho \"kubectl $*\"\ncase \"$*\" in *\"\(verb)\"*) exit 1;; esac\n"]
    }

    @Test func `a version that becomes ready stays`() async throws {
        let result = try await run(
            DeployScript(component: "api", limit: 60).deploy,
            ["CI_REGISTRY_IMAGE": "registry/x", "CI_COMMIT_SHORT_SHA": "1a2b3c4d"], files: Self.kubectl())
        #expect(result.status == 0)
        #expect(
            result.output == """
                kubectl set image deployment/api api=registry/x:1a2b3c4d --field-manager=gitlab-deployer
                kubectl rollout status deployment/api --timeout=60s

                """)
    }

    @Test func `a version that does not become ready gives way to the one before, and the job fails`() async throws {
        let result = try await run(
            DeployScript(component: "api", limit: 60).deploy,
            ["CI_REGISTRY_IMAGE": "registry/x", "CI_COMMIT_SHORT_SHA": "1a2b3c4d"],
            files: Self.kubectl(failing: "rollout status"))
        #expect(result.status == 1)
        #expect(result.output.contains("kubectl rollout undo deployment/api\n"))
        #expect(result.output.hasSuffix("within 60 s: the version before it runs again.\n"))
    }

    @Test func `a token that may not deploy fails the job before anything is undone`() async throws {
        let result = try await run(
            DeployScript(component: "api", limit: 60).deploy,
            ["CI_REGISTRY_IMAGE": "registry/x", "CI_COMMIT_SHORT_SHA": "1a2b3c4d"],
            files: Self.kubectl(failing: "set image"))
        #expect(result.status == 1)
        #expect(!result.output.contains("rollout undo"))
    }
}
