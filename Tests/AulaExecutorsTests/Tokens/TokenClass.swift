import AulaEngine
import AulaModel
import AulaPlanner
import AulaSandbox
import AulaTokens
import Foundation
import Synchronization

@testable import AulaExecutors

/// Two groups with an account, its token and the variable that carries it, in the sandbox's cluster and GitLab.
///
/// It can die after any number of writes, so that a test can look at every moment between two of them.
final class TokenClass: Sendable {
    let policy: TokenPolicy
    let cluster: SandboxCluster
    let gitlab: GitLabClass
    private let budget = Mutex<Int?>(nil)
    private let darkness = Mutex<[String]?>(nil)

    init(
        _ policy: TokenPolicy = .longLived, registration: GitLabHome.Registration = .variables,
        settings: ClusterSettings = ClusterSettings()
    ) throws {
        self.policy = policy
        cluster = SandboxCluster(settings: settings)
        var gitlab = try GitLabClass()
        gitlab.registration = registration
        self.gitlab = gitlab
    }

    static let namespaces = ["memo2-g1-test", "memo2-g2-test"]

    static func secret(_ namespace: String, generation: Int = 1) -> Address {
        .kubernetes("Secret", namespace, "gitlab-deployer-token" + (generation == 1 ? "" : "-\(generation)"))
    }

    /// GitLab's half, its tokens taken from the cluster's half.
    func blueprint(_ policy: TokenPolicy? = nil) -> Blueprint {
        let shared = [
            Memo2.resource("Namespace", nil, "memo2-aula"),
            Memo2.resource("ConfigMap", "memo2-aula", "aula", ["data": ["gitlab": .string(gitlab.rootPath)]]),
        ]
        let groups = Self.namespaces.flatMap { namespace in
            [
                Memo2.resource("Namespace", nil, namespace),
                Memo2.resource("ServiceAccount", namespace, "gitlab-deployer"),
                Memo2.resource(
                    of: "rbac.authorization.k8s.io/v1", "Role", namespace, "deployer",
                    ["rules": [["apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]]]]),
                Memo2.resource(
                    of: "rbac.authorization.k8s.io/v1", "RoleBinding", namespace, "gitlab-deployer",
                    [
                        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployer"],
                        "subjects": [
                            ["kind": "ServiceAccount", "name": "gitlab-deployer", "namespace": .string(namespace)]
                        ],
                    ]),
                tokenSecret(namespace, policy ?? self.policy),
            ]
        }
        let remote = gitlab.blueprint.resources.map { resource in
            var resource = resource
            for index in resource.late.indices where resource.late[index].value == .text(gitlab.secret) {
                let namespace = resource.address.path.contains("/g1/") ? Self.namespaces[0] : Self.namespaces[1]
                resource.late[index].value = .output(Self.secret(namespace), "token")
            }
            return resource
        }
        return Blueprint(cohort: gitlab.blueprint.cohort, resources: shared + groups + remote)
    }

    private func tokenSecret(_ namespace: String, _ policy: TokenPolicy) -> Resource {
        var secret = Memo2.resource("Secret", namespace, "gitlab-deployer-token")
        secret.dependsOn = [.kubernetes("ServiceAccount", namespace, "gitlab-deployer")]
        switch policy {
        case .longLived:
            secret.body["type"] = "kubernetes.io/service-account-token"
            secret.body[["metadata", "annotations", TokenPart.longLivedAccount]] = "gitlab-deployer"
        case .expiring(let days):
            secret.body["type"] = "Opaque"
            secret.body[["metadata", "annotations", TokenPart.account]] = "gitlab-deployer"
            secret.body[["metadata", "annotations", TokenPart.days]] = .string("\(days)")
        }
        return secret
    }

    // MARK: Running

    private var executors: [any Executor] {
        [
            KubernetesExecutor(
                connection: ClusterConnection(
                    ContextAccess("kind"), tools: ScriptedKubectl(), transport: Fused(cluster, self),
                    folder: RecordedFolder()), patience: cluster.patience),
            GitLabExecutor(
                gitlab.site, token: Secret(gitlab.token ?? ""), transport: Fused(gitlab.transport, self),
                reading: RetryPolicy(attempts: 1)),
        ]
    }

    func observe(_ policy: TokenPolicy? = nil) async -> Observation {
        await Observer(executors).observe(ObservationRequest(blueprint: blueprint(policy)))
    }

    func run(_ plan: Plan, _ observation: Observation) async -> RunSummary {
        await Runner(executors: executors, width: 1, retry: RetryPolicy(attempts: 1)).run(
            plan, observation: observation)
    }

    @discardableResult
    func apply(_ policy: TokenPolicy? = nil) async -> (plan: Plan, summary: RunSummary) {
        let observation = await observe(policy)
        let plan = Planner.plan(blueprint(policy), observation)
        return (plan, await run(plan, observation))
    }

    func rotate(_ namespaces: [String] = namespaces) async -> TokenRotation.Result {
        let blueprint = blueprint()
        let rotation = TokenRotation(
            blueprint, Set(namespaces.map { Self.secret($0) }), observe: { await self.observe() },
            run: { await self.run($0, $1) },
            check: { observation, names in await self.verify(observation) { names.contains($0.name) } })
        let observation = await observe()
        return await rotation.carryOut(rotation.plan(observation), observation)
    }

    func verify(
        _ observation: Observation, includes: @escaping @Sendable (DeployerToken) -> Bool = { _ in true }
    ) async -> [TokenFinding] {
        let trial = TokenTrial(server: "https://127.0.0.1:6443", transport: Bearer(cluster: cluster))
        return await TokenCheck(trial, blueprint()).run(observation, includes: includes)
    }

    // MARK: The user's side

    /// The token that a group's pipeline gets.
    func delivered(_ group: Int) async throws -> String? {
        guard gitlab.registration == .variables else {
            return Self.clusterToken("memo2-g\(group)-test", in: await gitlab.transport.machine.snapshot())
        }
        let variables = try await gitlab.request(
            "GET", "projects/memo2-fiuba%2F2020-2c%2Fg\(group)%2Fapi/variables")
        return variables.array?.first { $0["key"] == "KUBE_TOKEN" }?["value"]?.string
    }

    /// GitLab tells nobody the token of a cluster that was registered, so its own memory is searched.
    private static func clusterToken(_ namespace: String, in json: JSON) -> String? {
        if json["namespace"]?.string == namespace, let token = json["token"]?.string { return token }
        let parts = json.array ?? json.object?.members.map(\.value) ?? []
        return parts.lazy.compactMap { clusterToken(namespace, in: $0) }.first
    }

    func works(_ token: String) async throws -> Bool {
        try await Bearer(cluster: cluster).review(token)
    }

    func secrets(_ namespace: String) async throws -> [String] {
        let list = await cluster.someone("GET", "/api/v1/namespaces/\(namespace)/secrets")
        return try JSON(parsing: list.body)["items"]?.array?.compactMap { $0[["metadata", "name"]]?.string } ?? []
    }

    // MARK: Watching

    /// From now on, each write after which a group's pipeline has no token that works is remembered.
    func watch() { darkness.withLock { $0 = [] } }

    /// Those writes.
    var dark: [String] { darkness.withLock { $0 ?? [] } }

    fileprivate func look(after request: APIRequest) async {
        guard darkness.withLock({ $0 != nil }) else { return }
        for group in 1...2 {
            if let token = try? await delivered(group), (try? await works(token)) == true { continue }
            darkness.withLock { $0?.append("\(request.method) \(request.path): group \(group)") }
        }
    }

    // MARK: The end of a process

    /// After so many writes nothing is sent any more, as if the process were dead.
    func die(after writes: Int?) { budget.withLock { $0 = writes } }

    fileprivate func spend() -> Bool {
        budget.withLock { left in
            guard let count = left else { return true }
            left = count - 1
            return count > 0
        }
    }

    /// Whether a write was held back: the kill struck.
    var isDead: Bool { budget.withLock { ($0 ?? 1) < 0 } }
}

/// Sends while the process is alive.
private struct Fused: HTTPTransport {
    let transport: any HTTPTransport
    let course: TokenClass

    init(_ transport: any HTTPTransport, _ course: TokenClass) {
        self.transport = transport
        self.course = course
    }

    func send(_ request: APIRequest) async throws -> APIResponse {
        let isAlive = request.method == "GET" ? !course.isDead : course.spend()
        guard isAlive else { throw TransportError.timedOut(after: .zero) }
        let response = try await transport.send(request)
        if request.method != "GET" { await course.look(after: request) }
        return response
    }
}

/// The cluster as a pipeline reaches it: with the bearer token of the request.
struct Bearer: HTTPTransport {
    let cluster: SandboxCluster

    func send(_ request: APIRequest) async throws -> APIResponse {
        let headers = Dictionary(
            request.headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { _, last in last })
        let answer = await cluster.machine.respond(
            to: SandboxRequest(
                method: request.method, path: request.path, query: request.query, headers: headers,
                body: request.body ?? Data()), now: Date(timeIntervalSince1970: 1_800_000_000))
        guard case .bytes(let body) = answer.body else { return APIResponse(status: 500) }
        return APIResponse(status: answer.status, body: body)
    }

    func review(_ token: String) async throws -> Bool {
        let answer = try await send(
            APIRequest(
                .url(""), "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
                body: (["apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"] as JSON).data))
        return answer.status == 201
    }
}
