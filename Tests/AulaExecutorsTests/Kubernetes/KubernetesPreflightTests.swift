import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// Missing rights are known before the first write.
@Suite struct KubernetesPreflightTests {
    private static let question = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"

    private static func plan(_ resources: [Resource]) -> Plan {
        Plan(
            purpose: .apply, mark: Memo2.mark,
            changes: resources.map {
                Change(address: $0.address, action: .create, slot: Slot(), desired: $0)
            })
    }

    private static let resources = ["memo2-g1-test", "memo2-g2-test"].flatMap { namespace in
        [
            Memo2.resource("ConfigMap", namespace, "environment"), Memo2.resource("ConfigMap", namespace, "more"),
            Memo2.resource(of: "rbac.authorization.k8s.io/v1", "Role", namespace, "deployer"),
        ]
    }

    /// A cluster in which a user may do what `allows` says.
    private static func preflight(
        _ plan: Plan, allows: @escaping @Sendable (JSON) -> Bool
    ) async -> (findings: [Diagnostic], questions: [JSON]) {
        let cluster = SandboxCluster()
        let executor = Memo2.executor(cluster, patience: cluster.patience)
        _ = await executor.observe(ObservationRequest(blueprint: Memo2.blueprint()))
        cluster.forgetRequests()
        cluster.intercept { request, deliver in
            if request.path.hasSuffix("/selfsubjectreviews") {
                return .object(201, ["status": ["userInfo": ["username": "ada@school.example"]]])
            }
            guard request.path.hasSuffix("/selfsubjectaccessreviews") else { return await deliver() }
            let asked = request.sent[["spec", "resourceAttributes"]] ?? .null
            return .object(201, ["status": ["allowed": .bool(allows(asked))]])
        }
        let findings = await executor.preflight(plan)
        return (findings, cluster.requests.filter { $0.path.hasSuffix("accessreviews") }.map(\.sent))
    }

    @Test func `whoever may do all of it is asked about each kind once, and told nothing`() async {
        let (findings, questions) = await Self.preflight(Self.plan(Self.resources)) { _ in true }
        #expect(findings.isEmpty)
        // Two kinds with three verbs, and the Lease with four.
        #expect(questions.count == 10)
        #expect(questions.allSatisfy { $0[["spec", "resourceAttributes", "namespace"]] == nil })
    }

    @Test func `what is missing is named with its places and the command that grants it`() async {
        let (findings, questions) = await Self.preflight(Self.plan(Self.resources)) {
            $0["resource"] != "roles" || $0["namespace"] == "memo2-g1-test" || $0["verb"] == "get"
        }
        #expect(questions.count == 14)
        #expect(
            findings == [
                Diagnostic(
                    .error,
                    "ada@school.example may not create,patch roles.rbac.authorization.k8s.io in memo2-g2-test",
                    hint: "whoever runs the cluster can grant it: kubectl create clusterrole aula-roles "
                        + "--verb=create,patch --resource=roles.rbac.authorization.k8s.io && kubectl create "
                        + "clusterrolebinding aula-roles --clusterrole=aula-roles --user='ada@school.example'")
            ])
    }

    @Test func `the sandbox's administrator may do everything`() async {
        let cluster = SandboxCluster()
        let executor = Memo2.executor(cluster, patience: cluster.patience)
        _ = await executor.observe(ObservationRequest(blueprint: Memo2.blueprint()))
        #expect(await executor.preflight(Self.plan(Self.resources)).isEmpty)
    }

    @Test func `an empty plan and a cluster that is not there ask nothing`() async {
        let (findings, questions) = await Self.preflight(Self.plan([])) { _ in false }
        #expect(findings.isEmpty)
        #expect(questions.isEmpty)
        #expect(await Memo2.executor(SandboxCluster()).preflight(Self.plan(Self.resources)).isEmpty)
    }

    @Test func `a kubectl that is too old is refused, also before there is a cluster`() async {
        let tools = ScriptedKubectl()
        tools.change {
            $0.version = #"{"clientVersion":{"gitVersion":"v1.20.2"}}"#
            $0.credentials = ToolResult(status: 3, errorText: "ERROR: (ResourceNotFound) The Resource was not found.")
        }
        let executor = Memo2.executor(SandboxCluster(), tools: tools, site: .azure(Memo2.azure))
        #expect(await executor.observe(ObservationRequest(blueprint: Memo2.blueprint())).gaps.isEmpty)
        let findings = await executor.preflight(Self.plan(Self.resources))
        #expect(findings.map(\.message) == ["kubectl 1.20 is too old; aula needs 1.28 or newer"])
        #expect(await executor.preflight(Self.plan([])).isEmpty)
    }
}
