import AulaTestSupport
import Foundation
import Testing

/// What a user may not do is said before the first write, with the way out.
@Suite(.timeLimit(.minutes(5))) struct RightsTests {
    /// The kinds that the small class is made of, and the Lease.
    private static let kinds = [
        "namespaces", "configmaps", "secrets", "services", "serviceaccounts", "resourcequotas", "limitranges", "pods",
        "persistentvolumeclaims", "events", "deployments.apps", "statefulsets.apps", "jobs.batch", "cronjobs.batch",
        "networkpolicies.networking.k8s.io", "ingresses.networking.k8s.io", "roles.rbac.authorization.k8s.io",
        "rolebindings.rbac.authorization.k8s.io", "leases.coordination.k8s.io",
    ]

    @Test func `an assistant who may write a role may hand it out once the command of the message was run`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let kubeconfig = try await sandbox.assistant(
                may: ["create", "delete", "get", "list", "patch", "update"], with: Self.kinds)
            let file = try sandbox.write(Cohorts.small(groups: "1", gitlab: nil))
            let count = try sandbox.requests().count
            let refused = try await sandbox.aula("apply", file, "--yes", environment: ["KUBECONFIG": kubeconfig])
            #expect(refused.status == 1, "\(refused.transcript)")
            #expect(
                refused.errors.contains(
                    "system:serviceaccount:assistants:grace may not hand out the role deployer in demo-g1-test while "
                        + "lacking "), "\(refused.transcript)")
            #expect(refused.errors.contains("1 error\n"), "\(refused.transcript)")
            #expect(try sandbox.writes(since: count) == [])

            let way = try #require(
                refused.errors.split(separator: "\n").first { $0.contains("--verb=bind,escalate") }?
                    .split(separator: "all the same: ").last, "\(refused.transcript)")
            let granted = try await Command.run(
                "/bin/bash", ["-c", String(way)], environment: sandbox.environment)
            #expect(granted.status == 0, "\(granted.transcript)")
            let apply = try await sandbox.aula("apply", file, "--yes", environment: ["KUBECONFIG": kubeconfig])
            #expect(apply.status == 0, "\(apply.transcript)")
        }
    }

    @Test func `tokens that cannot be tried are not rotated`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "1"))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let kubeconfig = try await sandbox.copyOfKubeconfig()
            let name = try await sandbox.kubectl(
                "--kubeconfig", kubeconfig, "config", "view", "--minify", "--output=jsonpath={.clusters[0].name}")
            let change = try await sandbox.kubectl(
                "--kubeconfig", kubeconfig, "config", "set-cluster", name.output, "--tls-server-name=localhost")
            #expect(change.status == 0, "\(change.transcript)")

            let reason = "the kubeconfig uses tls-server-name, which aula does not follow"
            let verify = try await sandbox.aula("tokens", "verify", file, environment: ["KUBECONFIG": kubeconfig])
            #expect(verify.status == 1)
            #expect(verify.output.contains("could not be tried: \(reason)"), "\(verify.transcript)")
            #expect(verify.errors.contains("hint: set KUBECONFIG to a file"), "\(verify.transcript)")
            let count = try sandbox.requests().count
            let rotate = try await sandbox.aula(
                "tokens", "rotate", file, "--yes", environment: ["KUBECONFIG": kubeconfig])
            #expect(rotate.status == 1)
            #expect(rotate.errors.contains("new tokens cannot be tried: \(reason)"), "\(rotate.transcript)")
            #expect(try sandbox.writes(since: count) == [])
        }
    }
}

extension Sandbox {
    fileprivate func copyOfKubeconfig() async throws -> String {
        let original = try #require(environment["KUBECONFIG"])
        return try write(try String(contentsOfFile: original, encoding: .utf8), to: "other.kubeconfig")
    }

    /// A kubeconfig of somebody who may do this with these kinds everywhere.
    fileprivate func assistant(may verbs: [String], with kinds: [String]) async throws -> String {
        let kubeconfig = try await copyOfKubeconfig()
        let commands = [
            ["create", "namespace", "assistants"], ["--namespace", "assistants", "create", "serviceaccount", "grace"],
            [
                "create", "clusterrole", "grace", "--verb=" + verbs.joined(separator: ","),
                "--resource=" + kinds.joined(separator: ","),
            ],
            ["create", "clusterrolebinding", "grace", "--clusterrole=grace", "--serviceaccount=assistants:grace"],
        ]
        let kubectl = try Tools.client("kubectl")
        for command in commands {
            let result = try await Command.run(kubectl, command, environment: environment)
            #expect(result.status == 0, "\(result.transcript)")
        }
        let token = try await self.kubectl("--namespace", "assistants", "create", "token", "grace")
        for command in [
            ["set-credentials", "grace", "--token=" + token.output.trimmingCharacters(in: .newlines)],
            ["set-context", "--current", "--user=grace"],
        ] {
            let result = try await Command.run(
                kubectl, ["--kubeconfig", kubeconfig, "config"] + command, environment: environment)
            #expect(result.status == 0, "\(result.transcript)")
        }
        return kubeconfig
    }
}
