import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// What happens around the cluster itself, through the real `az`.
@Suite(.timeLimit(.minutes(9))) struct AzureTests {
    @Test func `killed in the middle of az aks create, one more run finishes and the next writes nothing`() async throws
    {
        try await Sandbox.run(faults: "conditions: { operationSeconds: 3 }\n") { sandbox in
            let file = try sandbox.write(Cohorts.azure())
            let run = try await sandbox.start("apply", file, "--yes")
            try await waitUntil("the cluster's creation is sent") {
                try #require(run.isRunning, "\(run.output)\(run.errors)")
                return try sandbox.requests().contains { $0.isClusterCreation }
            }
            run.send(SIGKILL)
            #expect(try await run.end().signal == SIGKILL, "the kill came too late")
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            #expect(try sandbox.requests().filter(\.isClusterCreation).count == 1, "it is waited for, not made again")
            let count = try sandbox.requests().count
            let third = try await sandbox.aula("apply", file, "--yes")
            #expect(third.output.contains("No changes."), "\(third.transcript)")
            #expect(try sandbox.writes(since: count) == [])
        }
    }

    @Test func `what is foreign in our cluster survives a destroy, and goes when its container is named`()
        async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.azure())
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let config = sandbox.folder.appendingPathComponent("theirs").path
            let credentials = try await sandbox.az(
                "aks", "get-credentials", "--resource-group", "demo", "--name", "demo", "--file", config)
            #expect(credentials.status == 0, "\(credentials.transcript)")
            let made = try await sandbox.kubectl("--kubeconfig", config, "create", "namespace", "colleague")
            #expect(made.status == 0, "\(made.transcript)")
            let precious = try await sandbox.kubectl(
                "--kubeconfig", config, "-n", "demo-g1-test", "create", "configmap", "precious", "--from-literal=a=1")
            #expect(precious.status == 0, "\(precious.transcript)")

            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo", "--allow-data-loss")
            #expect(destroyed.status == 5, "\(destroyed.transcript)")
            for line in [
                "  in azure/cluster/demo/demo\n    kubernetes/Namespace/colleague (made with kubectl-create)\n",
                "  in kubernetes/Namespace/demo-g1-test\n"
                    + "    kubernetes/ConfigMap/demo-g1-test/precious (made with kubectl-create)\n",
                "  - kubernetes/Namespace/demo-aula (and 2 inside it)\n", "1 project archived, not deleted.",
            ] { #expect(destroyed.output.contains(line), "\(line) is not in \(destroyed.transcript)") }
            let billed =
                "What is not aula's keeps this on the Azure bill: azure/cluster/demo/demo, azure/resourceGroup/demo."
            #expect(destroyed.errors.contains("warning: \(billed)"), "\(destroyed.transcript)")
            let left = try await sandbox.kubectl("--kubeconfig", config, "get", "namespaces", "-o", "name")
            #expect(left.output.contains("namespace/colleague"))
            #expect(left.lines.filter { $0.contains("demo-") } == ["namespace/demo-g1-test"], "\(left.transcript)")
            let inside = try await sandbox.kubectl(
                "--kubeconfig", config, "-n", "demo-g1-test", "get",
                "all,configmaps,secrets,serviceaccounts,roles,rolebindings,resourcequotas,limitranges,networkpolicies",
                "-o", "name")
            #expect(
                inside.lines == ["configmap/kube-root-ca.crt", "configmap/precious", "serviceaccount/default"],
                "\(inside.transcript)")
            let clusters = try await sandbox.az("aks", "list", "--query", "[].[resourceGroup, name]", "--output", "tsv")
            #expect(clusters.lines == ["demo\tdemo"], "\(clusters.transcript)")

            let home = try await sandbox.aula(
                "destroy", file, "--confirm", "demo", "--allow-data-loss", "--with-contents",
                "kubernetes/Namespace/demo-g1-test")
            #expect(home.status == 5, "the colleague's namespace is still there: \(home.transcript)")
            let remaining = try await sandbox.kubectl("--kubeconfig", config, "get", "namespaces", "-o", "name")
            #expect(remaining.output.contains("namespace/colleague"))
            #expect(!remaining.output.contains("demo-"), "\(remaining.transcript)")

            let whole = try await sandbox.aula(
                "destroy", file, "--confirm", "demo", "--allow-data-loss", "--with-contents",
                "azure/cluster/demo/demo")
            #expect(whole.status == 0, "\(whole.transcript)")
            let groups = try await sandbox.az("group", "list", "--query", "[].name", "--output", "tsv")
            #expect(groups.lines == [], "\(groups.transcript)")
            let projects = try await sandbox.python(
                """
                import os, gitlab
                gl = gitlab.Gitlab(os.environ["AULA_GITLAB_URL"], oauth_token=os.environ["GITLAB_TOKEN"])
                for p in gl.groups.get("memo2-fiuba/demo").projects.list(get_all=True, include_subgroups=True):
                    print(p.path_with_namespace, p.archived)
                """)
            #expect(
                projects.lines == ["memo2-fiuba/demo/g1/api True", "memo2-fiuba/demo/aula False"],
                "\(projects.transcript)")
        }
    }

    @Test func `a stopped cluster is said, the rest goes on without it, and a destroy works with consent`() async throws
    {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.azure())
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let stop = try await sandbox.az("aks", "stop", "--resource-group", "demo", "--name", "demo")
            #expect(stop.status == 0, "\(stop.transcript)")

            let count = try sandbox.requests().count
            let refused = try await sandbox.aula("apply", file, "--yes")
            #expect(refused.status == 1, "\(refused.transcript)")
            #expect(refused.errors.contains("is stopped"), "\(refused.transcript)")
            #expect(refused.errors.contains("--only azure,gitlab"), "\(refused.transcript)")
            let rest = try await sandbox.aula("apply", file, "--yes", "--only", "azure,gitlab")
            #expect(rest.status == 0, "\(rest.transcript)")
            #expect(rest.output.contains("No changes."), "\(rest.transcript)")
            #expect(try sandbox.writes(since: count) == [])

            let unasked = try await sandbox.aula("destroy", file, "--confirm", "demo")
            #expect(unasked.status == 1, "\(unasked.transcript)")
            #expect(unasked.errors.contains("--allow-data-loss"))
            let destroyed = try await sandbox.aula("destroy", file, "--confirm", "demo", "--allow-data-loss")
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
            let groups = try await sandbox.az("group", "list", "--query", "[].name", "--output", "tsv")
            #expect(groups.output == "", "\(groups.transcript)")
        }
    }

    @Test(arguments: [("Standard_B2s", "Standard_B2ms"), ("westus", "eastus")])
    func `another node size or region makes the class anew in one run: consent, GitLab's variables, fresh credentials`(
        old: String, new: String
    ) async throws {
        try await Sandbox.run { sandbox in
            let text = Cohorts.azure(components: "api: { template: api, port: 8080 }\n  db: { template: postgres }")
            let file = try sandbox.write(text)
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let changed = try sandbox.write(text.replacingOccurrences(of: old, with: new))
            let refused = try await sandbox.aula("apply", changed, "--yes")
            #expect(refused.status == 1, "\(refused.transcript)")
            #expect(refused.output.contains("DATA LOSS: 1 volume inside"), "\(refused.transcript)")
            #expect(refused.output.contains("and is made anew"), "\(refused.transcript)")
            let second = try await sandbox.aula("apply", changed, "--yes", "--allow-data-loss", "--wait")
            #expect(second.status == 0, "\(second.transcript)")
            let verified = try await sandbox.aula("tokens", "verify", changed)
            #expect(verified.status == 0, "GitLab has the new cluster's: \(verified.transcript)")
            let plan = try await sandbox.aula("plan", changed, "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.transcript)")
        }
    }

    @Test func `a cluster whose creation failed is made again by the same command, without a consent to lose data`()
        async throws
    {
        let faults = "conditions: { operationFailures: [{ operation: createCluster, code: Full, message: no room }] }\n"
        try await Sandbox.run(faults: faults) { sandbox in
            let file = try sandbox.write(Cohorts.azure())
            let failed = try await sandbox.aula("apply", file, "--yes")
            #expect(failed.status == 3, "\(failed.transcript)")
            #expect(failed.errors.contains("no room"), "\(failed.transcript)")
            let second = try await sandbox.aula("apply", file, "--yes")
            #expect(second.status == 0, "\(second.transcript)")
            let plan = try await sandbox.aula("plan", file, "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.transcript)")
        }
    }

    @Test func `two editions in one subscription: the second is refused and the first unchanged`() async throws {
        try await Sandbox.run { sandbox in
            let first = try sandbox.write(Cohorts.azure())
            let second = try sandbox.write(Cohorts.azure(id: "0ther0ne"), to: "second.yaml")
            let apply = try await sandbox.aula("apply", first, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            let count = try sandbox.requests().count
            let refused = try await sandbox.aula("apply", second, "--yes")
            #expect(refused.status == 1, "\(refused.transcript)")
            #expect(refused.errors.contains("azure/resourceGroup/demo belongs to cohort demo, id d3m0d3m0"))
            let destroy = try await sandbox.aula("destroy", second, "--confirm", "demo", "--allow-data-loss")
            #expect(destroy.status == 0, "nothing is its own: \(destroy.transcript)")
            #expect(try sandbox.writes(since: count) == [])
            #expect(try await sandbox.aula("plan", first, "--detailed-exitcode").status == 0)
        }
    }
}

extension JSON {
    /// The PUT with which `az aks create` begins a cluster.
    fileprivate var isClusterCreation: Bool {
        self["method"] == "PUT" && self["path"]?.string?.lowercased().hasSuffix("/managedclusters/demo") == true
    }
}
