import AulaEngine
import AulaModel
import AulaPlanner
import Testing

@testable import AulaExecutors

/// What RBAC demands of those who hand out rights is known before the first write.
///
/// Each case is asked first and tried then: the sandbox evaluates its roles as a cluster does.
@Suite struct GrantPreflightTests {
    private static let access = "rbac.authorization.k8s.io"
    private static let namespaces = ["memo2-g1-test", "memo2-g2-test"]

    private static func rule(_ verbs: JSON, _ group: JSON, _ resources: JSON, names: JSON? = nil) -> JSON {
        var rule: JSON = ["verbs": verbs, "apiGroups": [group], "resources": resources]
        rule["resourceNames"] = names
        return rule
    }

    /// What deployers get.
    private static let deploying: JSON = [
        rule(["get", "patch"], "apps", ["deployments"]), rule(["get"], "", ["pods/log"]),
        rule(["patch"], "", ["secrets"], names: ["environment"]),
    ]
    /// What it takes to write the objects themselves.
    private static let writing = [
        rule(["create", "get", "patch", "update", "delete"], .string(access), ["roles", "rolebindings"]),
        rule(["create", "get", "update", "delete"], "coordination.k8s.io", ["leases"]),
    ]

    /// A role and a binding to it in each namespace.
    private static let plan: Plan = {
        let resources = namespaces.flatMap { namespace in
            [
                Memo2.resource(of: "\(access)/v1", "Role", namespace, "deployer", ["rules": deploying]),
                Memo2.resource(
                    of: "\(access)/v1", "RoleBinding", namespace, "gitlab-deployer",
                    [
                        "roleRef": ["apiGroup": .string(access), "kind": "Role", "name": "deployer"],
                        "subjects": [["kind": "User", "name": "somebody", "apiGroup": .string(access)]],
                    ]),
            ]
        }
        return Plan(
            purpose: .apply, mark: Memo2.mark,
            changes: resources.map {
                Change(address: $0.address, action: .create, slot: Slot(), desired: $0)
            })
    }()

    /// A cluster in which Ada may do this, and an executor with her rights.
    private static func cluster(_ rules: [JSON]) async -> (SandboxCluster, KubernetesExecutor) {
        let cluster = SandboxCluster()
        for name in namespaces {
            await cluster.someone("POST", "/api/v1/namespaces", ["metadata": ["name": .string(name)]])
        }
        await allow(rules, in: nil, cluster)
        let executor = Memo2.executor(cluster, patience: cluster.patience)
        _ = await executor.observe(ObservationRequest(blueprint: Memo2.blueprint()))
        cluster.act(as: "ada")
        return (cluster, executor)
    }

    private static func allow(_ rules: [JSON], in namespace: String?, _ cluster: SandboxCluster) async {
        let name: JSON = .string(namespace ?? "ada")
        await cluster.someone(
            "POST", "/apis/\(access)/v1/clusterroles", ["metadata": ["name": name], "rules": .array(rules)])
        await cluster.someone(
            "POST",
            "/apis/\(access)/v1/" + (namespace.map { "namespaces/\($0)/rolebindings" } ?? "clusterrolebindings"),
            [
                "metadata": ["name": name],
                "roleRef": ["apiGroup": .string(access), "kind": "ClusterRole", "name": name],
                "subjects": [["kind": "User", "name": "ada", "apiGroup": .string(access)]],
            ])
    }

    private static func failures(_ plan: Plan, _ executor: KubernetesExecutor) async -> [Address] {
        await Runner(executors: [executor], width: 1, retry: RetryPolicy(attempts: 1))
            .run(plan, observation: Observation()).failed.map(\.change.address)
    }

    @Test(
        "whoever may hand it out is told nothing, and nothing fails",
        arguments: [
            [rule(["escalate", "bind"], .string(access), ["roles"])],
            [rule(["escalate", "bind"], .string(access), ["roles"], names: ["deployer"])],
            [rule(["get", "patch"], "*", ["*"])], deploying.array ?? [], [rule(["*"], "*", ["*"])],
        ])
    func allowed(more: [JSON]) async {
        let (_, executor) = await Self.cluster(Self.writing + more)
        #expect(await executor.preflight(Self.plan) == [])
        #expect(await Self.failures(Self.plan, executor) == [])
    }

    @Test(
        "what is lacking is named once, with the command that grants it",
        arguments: [
            ([], "bind,escalate", "get,patch deployments.apps, get pods/log, patch secrets environment"),
            (
                [rule(["escalate"], .string(access), ["roles"]), rule(["get"], "apps", ["deployments"])], "bind",
                "patch deployments.apps, get pods/log, patch secrets environment"
            ),
            (
                [rule(["bind"], .string(access), ["roles"]), rule(["*"], "apps", ["*"])], "escalate",
                "get pods/log, patch secrets environment"
            ),
        ])
    func refused(more: [JSON], verbs: String, lacking: String) async {
        let (_, executor) = await Self.cluster(Self.writing + more)
        #expect(
            await executor.preflight(Self.plan) == [
                Diagnostic(
                    .error,
                    "ada may not hand out the role deployer in memo2-g1-test, memo2-g2-test while lacking \(lacking)",
                    hint: "whoever runs the cluster can grant that, or the right to hand out this role all the same: "
                        + "kubectl create clusterrole aula-deployer --verb=\(verbs) "
                        + "--resource=roles.rbac.authorization.k8s.io --resource-name=deployer && kubectl create "
                        + "clusterrolebinding aula-deployer --clusterrole=aula-deployer --user='ada'")
            ])
        #expect(await !Self.failures(Self.plan, executor).isEmpty)
    }

    @Test func `only the namespace where it is lacking is named`() async {
        let (cluster, executor) = await Self.cluster(Self.writing)
        await Self.allow(Self.deploying.array ?? [], in: "memo2-g1-test", cluster)
        let findings = await executor.preflight(Self.plan)
        #expect(findings.count == 1)
        #expect(
            findings.first?.message.contains("the role deployer in memo2-g2-test while lacking") == true)
        #expect(
            await Self.failures(Self.plan, executor) == [
                .kubernetes("Role", "memo2-g2-test", "deployer"),
                .kubernetes("RoleBinding", "memo2-g2-test", "gitlab-deployer"),
            ])
    }

    @Test func `of a role that the plan does not write, the cluster is asked`() async {
        let (cluster, executor) = await Self.cluster(Self.writing)
        await cluster.someone(
            "POST", "/apis/\(Self.access)/v1/namespaces/memo2-g1-test/roles",
            ["metadata": ["name": "deployer"], "rules": Self.deploying])
        var plan = Self.plan
        plan.changes = plan.changes.filter {
            $0.address == .kubernetes("RoleBinding", "memo2-g1-test", "gitlab-deployer")
        }
        let findings = await executor.preflight(plan)
        #expect(findings.map { $0.hint?.contains("--verb=bind --resource=roles") } == [true])
        #expect(await Self.failures(plan, executor).count == 1)
    }

    @Test func `whoever may escalate everywhere is asked two questions for all groups`() async {
        let (cluster, executor) = await Self.cluster([Self.rule(["*"], "*", ["*"])])
        cluster.forgetRequests()
        _ = await executor.preflight(Self.plan)
        let asked = cluster.requests.compactMap { $0.sent[["spec", "resourceAttributes"]] }
        #expect(asked.filter { $0["verb"] == "escalate" || $0["verb"] == "bind" }.count == 2)
        // Two kinds with three verbs, and the Lease with four.
        #expect(asked.count == 12)
    }

    @Test func `a token that expires needs the right to request it`() async throws {
        let course = try TokenClass(.expiring(days: 30))
        let plan = Planner.plan(course.blueprint(), await course.observe())
        let executor = Memo2.executor(course.cluster, patience: course.cluster.patience)
        _ = await executor.observe(ObservationRequest(blueprint: course.blueprint()))
        course.cluster.intercept { request, deliver in
            let asked = request.sent[["spec", "resourceAttributes"]] ?? .null
            guard asked["subresource"] == "token" else { return await deliver() }
            #expect(asked["name"] == "gitlab-deployer")
            return .object(201, ["status": ["allowed": false]])
        }
        #expect(
            await executor.preflight(plan) == [
                Diagnostic(
                    .error, "kubernetes-admin may not create serviceaccounts/token in memo2-g1-test, memo2-g2-test",
                    hint: "whoever runs the cluster can grant it: kubectl create clusterrole "
                        + "aula-serviceaccounts-token --verb=create --resource=serviceaccounts/token "
                        + "--resource-name=gitlab-deployer && kubectl create clusterrolebinding "
                        + "aula-serviceaccounts-token --clusterrole=aula-serviceaccounts-token "
                        + "--user='kubernetes-admin'")
            ])
        // Once they are there, an apply that only marks them anew asks for none.
        course.cluster.intercept(nil)
        await course.apply()
        let observation = await course.observe()
        var again = Planner.plan(course.blueprint(), observation)
        again.changes = course.blueprint().resources.filter { $0.address == TokenClass.secret("memo2-g1-test") }.map {
            Change(
                address: $0.address, action: .update, slot: Slot(), desired: $0,
                observed: observation.present[$0.address])
        }
        #expect(again.changes.count == 1)
        course.cluster.forgetRequests()
        _ = await executor.preflight(again)
        #expect(
            !course.cluster.requests.contains { $0.sent[["spec", "resourceAttributes", "subresource"]] == "token" })
    }
}
