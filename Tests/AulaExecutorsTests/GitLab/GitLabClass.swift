import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaSandbox
import AulaTestSupport
import Foundation

/// A small class in the sandbox's GitLab: what the planner asks for, and a way to plan and run it.
struct GitLabClass {
    var groups = [Group(name: "g1", key: "g1", path: "g1"), Group(name: "g2", key: "g2", path: "g2")]
    var registration = GitLabHome.Registration.variables
    var labels: [GitLabHome.Label] = []
    var id = "m2k7q9xd"
    var token: String? = "glpat-sandbox-teacher"
    var secret = "deployer-token-1"
    /// The day on which deploy tokens end.
    var tokenEnd: String?
    var rootPath = "memo2-fiuba/2020-2c"
    /// What the cluster remembers.
    var memory = ClassMemory()
    var transport: SandboxTransport

    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBdjCCAR2gAwIBAgIUQm9ndXNDZXJ0aWZpY2F0ZUZvckF1bGEwCgYIKoZIzj0E
        -----END CERTIFICATE-----

        """

    init(_ transport: SandboxTransport? = nil) throws {
        self.transport = try transport ?? SandboxTransport(GitLabMachine(repositories: TemporaryRepositories()))
    }

    var site: GitLabHome {
        GitLabHome(url: "https://gitlab.test", group: rootPath, registration: registration, labels: labels)
    }

    var executor: GitLabExecutor {
        GitLabExecutor(
            site, token: Secret(token ?? ""), transport: transport, reading: RetryPolicy(attempts: 3, sleep: { _ in }))
    }

    var blueprint: Blueprint {
        var cohort = Cohort.sample(title: "MeMo2", groups: groups, environments: ["test"], gitlab: site)
        cohort.id = id
        let wanted = [root, ownProject] + groups.flatMap(resources)
        return Blueprint(cohort: cohort, resources: wanted + [memory(of: wanted.map(\.address))])
    }

    private var root: Resource {
        Resource(
            address: Address(.gitlab("group"), "memo2"),
            body: [
                "coordinates": .string("gitlab=\(rootPath)"), "full_path": .string(rootPath), "name": "MeMo2",
                "visibility": "private",
            ], lifecycle: Lifecycle(ending: .keep))
    }

    private var ownProject: Resource {
        Resource(
            address: Address(.gitlabProject, "memo2/aula"),
            body: ["archived": false, "deleted_on": .null, "name": "aula", "path": "aula", "visibility": "private"],
            late: [.route("namespace_id", root.address)], lifecycle: Lifecycle(ending: .keep))
    }

    private func memory(of wanted: [Address]) -> Resource {
        Resource(
            address: ownProject.address.gitlab(.gitlabVariable, "AULA_MEMORY_1", environment: "no-job"),
            body: [
                "environment_scope": "no-job", "key": "AULA_MEMORY_1", "masked": false, "protected": true, "raw": true,
                "variable_type": "env_var",
            ],
            late: [
                LateField(
                    path: ["value"], value: .memory(wanted.filter { $0.is(.gitlabGroup) || $0.is(.gitlabProject) }),
                    secret: false),
                .route("project_id", ownProject.address),
            ], lifecycle: Lifecycle(ending: .keep))
    }

    private func resources(_ group: Group) -> [Resource] {
        let address = Address(.gitlab("group"), "memo2/\(group.key)")
        let project = Address(.gitlab("project"), "memo2/\(group.key)/api")
        return [
            Resource(
                address: address, slot: Slot(group: group.key),
                body: [
                    "deleted_on": .null, "name": .string(group.name), "path": .string(group.path),
                    "visibility": "private",
                ],
                late: [.route("parent_id", root.address)], lifecycle: Lifecycle(ending: .keep)),
            Resource(
                address: Address(.gitlab("deployToken"), "memo2/\(group.key)/test"),
                body: tokenEnd.map {
                    [
                        "expires_at": .string($0), "name": .string("aula:memo2/\(id) \(group.key)-test"),
                        "scopes": ["read_registry"],
                    ]
                } ?? ["name": .string("aula:memo2/\(id) \(group.key)-test"), "scopes": ["read_registry"]],
                late: [.route("group_id", address)]),
            Resource(
                address: project,
                body: ["archived": false, "deleted_on": .null, "name": "api", "path": "api", "visibility": "private"],
                late: [.route("namespace_id", address)],
                lifecycle: Lifecycle(initial: ["initialize_with_readme": true], ending: .archive)),
            Resource(
                address: Address(.gitlab("environment"), "\(project.path)/test"),
                body: ["name": "test", "tier": "testing"],
                late: [.route("project_id", project)]),
            registrationResource(project, group, .route("project_id", project)),
        ]
            + labels.map { label in
                Resource(
                    address: project.gitlab(.gitlab("label"), label.name),
                    body: ["color": .string(label.color), "name": .string(label.name)],
                    late: [.route("project_id", project)], lifecycle: Lifecycle(ending: .keep))
            }
    }

    private func registrationResource(_ project: Address, _ group: Group, _ route: LateField) -> Resource {
        guard registration == .certificate else {
            return Resource(
                address: Address(.gitlab("variable"), "\(project.path)/KUBE_TOKEN@test"),
                body: [
                    "environment_scope": "test", "key": "KUBE_TOKEN", "masked": true, "protected": false, "raw": true,
                    "variable_type": "env_var",
                ], late: [LateField(path: ["value"], value: .text(secret)), route])
        }
        let platform = "platform_kubernetes_attributes"
        return Resource(
            address: Address(.gitlab("cluster"), "\(project.path)@test"),
            body: [
                "environment_scope": "test", "managed": false,
                "name": .string("aula:memo2/\(id) memo2-\(group.key)-test"),
                "namespace_per_environment": false,
                "platform_kubernetes_attributes": ["namespace": .string("memo2-\(group.key)-test")],
            ],
            late: [
                LateField(path: [platform, "api_url"], value: .text("https://127.0.0.1:6443"), secret: false),
                LateField(path: [platform, "ca_cert"], value: .text(Self.certificate), secret: false),
                LateField(path: [platform, "token"], value: .text(secret), compared: false), route,
            ])
    }

    // MARK: Planning and running

    func observe(_ purpose: Plan.Purpose = .apply) async -> Observation {
        var request = ObservationRequest(blueprint: blueprint, purpose: purpose)
        request.memory = memory
        return await executor.observe(request)
    }

    func plan(_ purpose: Plan.Purpose = .apply, adopt: Set<Address> = []) async -> Plan {
        Planner.plan(blueprint, await observe(purpose), PlanOptions(purpose: purpose, adopt: adopt))
    }

    @discardableResult
    func run(_ purpose: Plan.Purpose = .apply, adopt: Set<Address> = []) async -> (plan: Plan, summary: RunSummary) {
        let observation = await observe(purpose)
        let plan = Planner.plan(blueprint, observation, PlanOptions(purpose: purpose, adopt: adopt))
        let runner = Runner(executors: [executor], width: 4, retry: RetryPolicy(attempts: 3, sleep: { _ in }))
        return (plan, await runner.run(plan, observation: observation))
    }

    /// A request of a user beside aula.
    func request(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        let response = try await transport.send(
            APIRequest(
                .url("https://gitlab.test"), method, "/api/v4/" + path,
                headers: ["Authorization": "Bearer glpat-sandbox-teacher", "Content-Type": "application/json"],
                body: body?.data))
        return response.body.isEmpty ? .null : try JSON(parsing: response.body)
    }
}

extension LateField {
    /// A parent's number.
    fileprivate static func route(_ name: String, _ parent: Address) -> LateField {
        LateField(path: [name], value: .output(parent, "id"), secret: false, compared: false)
    }
}
