import AulaModel
import AulaSandbox
import Testing

/// Who may hand out which rights, as the real server decides it.
@Suite struct EscalationTests {
    private static let access = "/apis/rbac.authorization.k8s.io/v1"
    private static let roles = access + "/namespaces/n/roles"
    private static let bindings = access + "/namespaces/n/rolebindings"

    /// A cluster in which an account may write roles and bindings, and what else is said; and its token.
    private func cluster(_ more: JSON...) async throws -> (Cluster, token: String) {
        let cluster = Cluster()
        await cluster.namespace("n")
        await cluster.send("POST", "/api/v1/namespaces/n/serviceaccounts", ["metadata": ["name": "ada"]])
        let writing: JSON = [
            "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles", "rolebindings"],
            "verbs": ["get", "create", "update", "patch"],
        ]
        await cluster.send(
            "POST", Self.access + "/clusterroles", ["metadata": ["name": "ada"], "rules": .array([writing] + more)])
        await cluster.send(
            "POST", Self.access + "/clusterrolebindings",
            [
                "metadata": ["name": "ada"],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "ada"],
                "subjects": [["kind": "ServiceAccount", "name": "ada", "namespace": "n"]],
            ])
        let answer = await cluster.send("POST", "/api/v1/namespaces/n/serviceaccounts/ada/token", ["spec": [:]])
        return (cluster, try #require(answer.body[["status", "token"]]?.string))
    }

    private static func role(_ rules: JSON...) -> JSON {
        ["metadata": ["name": "deployer"], "rules": .array(rules)]
    }

    private static func rule(_ verbs: JSON, _ group: JSON, _ resource: JSON, names: JSON? = nil) -> JSON {
        var rule: JSON = ["verbs": verbs, "apiGroups": [group], "resources": [resource]]
        rule["resourceNames"] = names
        return rule
    }

    private static let deploying = rule(["get", "patch"], "apps", "deployments")
    private static let binding: JSON = [
        "metadata": ["name": "deployer"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployer"],
        "subjects": [["kind": "ServiceAccount", "name": "ada", "namespace": "n"]],
    ]

    @Test func `what is not held is named, one line for each resource`() async throws {
        let (cluster, token) = try await cluster(Self.rule(["get"], "apps", "deployments"))
        let role = Self.role(
            Self.rule(["get", "list"], "", "pods/log"), Self.deploying,
            Self.rule(["patch"], "", "secrets", names: ["environment"]))
        let answer = await cluster.send("POST", Self.roles, role, token: token)
        #expect(answer.status == 403)
        #expect(
            answer.message
                == "roles.rbac.authorization.k8s.io \"deployer\" is forbidden: user "
                + "\"system:serviceaccount:n:ada\" (groups=[\"system:serviceaccounts\" "
                + "\"system:serviceaccounts:n\" \"system:authenticated\"]) is attempting to grant RBAC permissions not "
                + "currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"pods/log\"], Verbs:[\"get\" \"list\"]}\n"
                + "{APIGroups:[\"\"], Resources:[\"secrets\"], ResourceNames:[\"environment\"], Verbs:[\"patch\"]}\n"
                + "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"patch\"]}")
    }

    @Test(
        "a right is held wholly or not",
        arguments: [
            (rule(["*"], "apps", "deployments"), 201), (rule(["get", "patch"], "*", "*"), 201),
            (rule(["get", "patch"], "apps", "deployments", names: ["web"]), 403),
            (rule(["get", "patch"], "apps", "*/scale"), 403), (rule(["patch"], "apps", "deployments"), 403),
        ])
    func covering(held: JSON, status: Int) async throws {
        let (cluster, token) = try await cluster(held)
        #expect(await cluster.send("POST", Self.roles, Self.role(Self.deploying), token: token).status == status)
    }

    @Test func `whoever may escalate writes any role, by the name that he may`() async throws {
        let (cluster, token) = try await cluster(
            Self.rule(["escalate"], "rbac.authorization.k8s.io", "roles", names: ["deployer"]))
        let role = Self.role(Self.deploying)
        // A POST has no name in its path, so a right on one name does not reach it.
        #expect(await cluster.send("POST", Self.roles, role, token: token).status == 403)
        let apply = await cluster.send(
            "PATCH", Self.roles + "/deployer?fieldManager=aula",
            role.merging(["apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role"]),
            type: "application/apply-patch+yaml", token: token)
        #expect(apply.status == 201, "\(apply.message)")
        // That says nothing of bindings.
        #expect(await cluster.send("POST", Self.bindings, Self.binding, token: token).status == 403)
    }

    @Test func `whoever may bind hands out a role that he does not hold`() async throws {
        let (cluster, token) = try await cluster(
            Self.rule(["bind"], "rbac.authorization.k8s.io", "roles", names: ["deployer"]))
        await cluster.send("POST", Self.roles, Self.role(Self.deploying))
        #expect(await cluster.send("POST", Self.bindings, Self.binding, token: token).status == 201)
        var other = Self.binding
        other[["metadata", "name"]] = "other"
        other[["roleRef", "name"]] = "absent"
        let answer = await cluster.send("POST", Self.bindings, other, token: token)
        #expect(answer.status == 404)
        #expect(answer.message == "roles.rbac.authorization.k8s.io \"absent\" not found")
    }

    @Test func `a write that changes nothing is no grant, any other one is`() async throws {
        let (cluster, token) = try await cluster()
        await cluster.send("POST", Self.roles, Self.role(Self.deploying))
        func patch(_ metadata: JSON) async -> Int {
            await cluster.send(
                "PATCH", Self.roles + "/deployer", ["metadata": metadata], type: "application/merge-patch+json",
                token: token
            ).status
        }
        #expect(await patch([:]) == 200)
        #expect(await patch(["finalizers": ["example.org/wait"]]) == 200)
        #expect(await patch(["labels": ["a": "b"]]) == 403)
    }
}
