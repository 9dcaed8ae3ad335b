import AulaTestSupport
import Foundation
import Testing

/// Tools and systems that are not as they should be: one sentence, the next step, exit 1, before the first write.
@Suite(.timeLimit(.minutes(9))) struct BadSurroundingsTests {
    struct Trouble: Sendable, CustomTestStringConvertible {
        var name: String
        var environment: [String: String]
        var usesAzure = false
        var says: String
        var hint: String

        var testDescription: String { name }
    }

    private static let oldKubectl = """
        #!/bin/sh
        echo '{"clientVersion":{"gitVersion":"v1.20.0"}}'
        """
    /// Old, but it serves all that reading needs.
    private static let servingKubectl = """
        #!/bin/sh
        if [ "$1" = version ]; then echo '{"clientVersion":{"gitVersion":"v1.20.0"}}'; exit 0; fi
        exec kubectl "$@"
        """
    private static let oldAz = """
        #!/bin/sh
        if [ "$1" = version ]; then echo '{"azure-cli":"2.10.0"}'; exit 0; fi
        echo 'ERROR: unrecognized arguments: --only-show-errors' >&2
        exit 2
        """

    /// `FOLDER` stands for the test's own folder.
    static let troubles: [Trouble] = [
        Trouble(
            name: "kubectl is missing", environment: ["AULA_KUBECTL": "FOLDER/none"], says: "kubectl was not found",
            hint: "AULA_KUBECTL"),
        Trouble(
            name: "kubectl is too old", environment: ["AULA_KUBECTL": "FOLDER/old-kubectl"],
            says: "kubectl 1.20 is too old; aula needs 1.28", hint: "install a newer one"),
        Trouble(
            name: "kubectl is too old to write", environment: ["AULA_KUBECTL": "FOLDER/serving-kubectl"],
            says: "kubectl 1.20 is too old; aula needs 1.28", hint: "install a newer one"),
        Trouble(
            name: "kubectl is missing and the cluster is yet to be made",
            environment: ["AULA_KUBECTL": "FOLDER/none"], usesAzure: true, says: "kubectl was not found",
            hint: "AULA_KUBECTL"),
        Trouble(
            name: "az is missing", environment: ["AULA_AZ": "FOLDER/none"], usesAzure: true, says: "az cannot be run",
            hint: "install the Azure CLI"),
        Trouble(
            name: "az is too old", environment: ["AULA_AZ": "FOLDER/old-az"], usesAzure: true,
            says: "az is version 2.10, and aula needs 2.60", hint: "az upgrade"),
        Trouble(
            name: "az is not logged in", environment: ["AZURE_CONFIG_DIR": "FOLDER/empty"], usesAzure: true,
            says: "az login", hint: "run `az login`"),
        Trouble(
            name: "no GitLab token", environment: ["GITLAB_TOKEN": ""], says: "GITLAB_TOKEN is not set",
            hint: "personal access token"),
        Trouble(
            name: "a wrong GitLab token", environment: ["GITLAB_TOKEN": "wrong-token-1234"],
            says: "refuses the token (401)", hint: "personal access token"),
        Trouble(
            name: "an unreachable GitLab", environment: ["AULA_GITLAB_URL": "http://127.0.0.1:1"],
            says: "GitLab cannot be reached", hint: "check gitlab.url"),
        Trouble(
            name: "no cluster", environment: ["KUBECONFIG": "FOLDER/none"], says: "the kubeconfig names no cluster",
            hint: "KUBECONFIG"),
    ]

    @Test func `each is said in one sentence with the next step, before the first write`() async throws {
        try await Sandbox.run { sandbox in
            let plain = try sandbox.write(Cohorts.small(groups: "1"))
            let azure = try sandbox.write(Cohorts.azure(), to: "azure.yaml")
            try sandbox.writeProgram(Self.oldKubectl, to: "old-kubectl")
            try sandbox.writeProgram(Self.servingKubectl, to: "serving-kubectl")
            try sandbox.writeProgram(Self.oldAz, to: "old-az")
            for trouble in Self.troubles {
                let environment = trouble.environment.mapValues { $0.replacing("FOLDER", with: sandbox.folder.path) }
                let result = try await sandbox.aula(
                    "apply", trouble.usesAzure ? azure : plain, "--yes", environment: environment)
                let errors = result.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
                #expect(result.status == 1, "\(trouble.name): \(result.transcript)")
                #expect(errors.count == 1, "\(trouble.name): \(result.errors)")
                #expect(errors.first?.contains(trouble.says) == true, "\(trouble.name): \(result.errors)")
                let hint = result.errors.split(separator: "\n").first { $0.hasPrefix("  hint: ") }
                #expect(hint?.contains(trouble.hint) == true, "\(trouble.name): \(result.errors)")
                #expect(!result.output.contains("complete!"), "\(trouble.name)")
            }
            #expect(try sandbox.writes(since: 0) == [])
        }
    }

    @Test func `certificate clusters that are switched off are found before the first write`() async throws {
        try await Sandbox.run(faults: "conditions: { certificateClusters: false }\n") { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1", registration: "certificate"))
            let result = try await sandbox.aula("apply", file, "--yes")
            #expect(result.status == 1)
            #expect(result.errors.contains("certificate-based clusters are switched off"), "\(result.transcript)")
            #expect(result.errors.contains("registration: variables"))
            #expect(try sandbox.writes(since: 0) == [])
        }
    }

    @Test func `a sandbox and a real system in one run are refused`() async throws {
        try await Sandbox.run(
            faults: """
                faults:
                  - system: gitlab
                    path: /api/v4/version
                    answer: { status: 200, body: { version: "19.5.0-ee", revision: abcdef } }

                """
        ) { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            let result = try await sandbox.aula("apply", file, "--yes")
            #expect(result.status == 1)
            #expect(
                result.errors.contains("kubernetes is a sandbox, but gitlab is real"), "\(result.transcript)")
            let azure = try sandbox.write(Cohorts.azure(), to: "azure.yaml")
            let mixed = try await sandbox.aula("plan", azure)
            #expect(mixed.status == 1)
            #expect(mixed.errors.contains("azure is a sandbox, but gitlab is real"), "\(mixed.transcript)")
            #expect(try sandbox.writes(since: 0) == [])
        }
    }
}
