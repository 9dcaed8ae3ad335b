package import AulaModel
import AulaTemplates
import AulaTestSupport
import Foundation
import Testing

enum Base64Text {
    static func of(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    package init(stringLiteral value: String) { self.init(.string(value)) }
    package init(integerLiteral value: Int) { self.init(.int(value)) }
    package init(booleanLiteral value: Bool) { self.init(.bool(value)) }
    package init(arrayLiteral elements: JSON...) { self.init(.array(elements)) }
    package init(dictionaryLiteral elements: (String, JSON)...) { self.init(.object(JSONObject(elements))) }
}

@Suite struct EnvironmentTemplateTests {
    private func resource(_ address: Address, gitlab: Bool = true) throws -> Resource? {
        try WorkloadTemplateTests.resources(of: [], gitlab: gitlab).first { $0.address == address }
    }

    @Test func `a deployer may deploy, and touch neither rights, limits, policies nor others' secrets`() throws {
        let role = try #require(try resource("kubernetes/Role/memo2-g1-test/deployer"))
        let rules = try #require(role.body["rules"]?.array)
        let writable = rules.filter { $0["verbs"]?.array?.contains("create") == true }
            .flatMap { $0["resources"]?.array ?? [] }
        #expect(
            Set(writable.compactMap(\.string)) == [
                "deployments", "statefulsets", "jobs", "cronjobs", "horizontalpodautoscalers", "ingresses", "services",
                "configmaps",
            ])
        let secrets = rules.filter { $0["resources"]?.array?.contains("secrets") == true }
        #expect(secrets.map { $0["resourceNames"] } == [["environment"]])
        #expect(secrets.map { $0["verbs"] } == [["get", "update", "patch"]])
        let all = rules.flatMap { ($0["resources"]?.array ?? []) + ($0["verbs"]?.array ?? []) }.compactMap(\.string)
        #expect(
            Set(all).isDisjoint(with: ["*", "pods/exec", "roles", "rolebindings", "resourcequotas", "networkpolicies"]))
    }

    @Test func `the token Secret waits for its account, and the binding for both`() throws {
        let token = try #require(try resource("kubernetes/Secret/memo2-g1-test/gitlab-deployer-token"))
        #expect(token.dependsOn.contains("kubernetes/ServiceAccount/memo2-g1-test/gitlab-deployer"))
        let binding = try #require(try resource("kubernetes/RoleBinding/memo2-g1-test/gitlab-deployer"))
        #expect(binding.dependsOn.contains("kubernetes/ServiceAccount/memo2-g1-test/gitlab-deployer"))
        #expect(binding.dependsOn.contains("kubernetes/Role/memo2-g1-test/deployer"))
    }

    @Test func `the pull secret is a Docker login made of the deploy token, written once`() throws {
        let secret = try #require(try resource("kubernetes/Secret/memo2-g1-test/registry"))
        let login = try #require(secret.late.first { $0.path == ["data", ".dockerconfigjson"] })
        #expect(login.once && login.secret)
        let encoded = try #require(
            login.value.resolved { _, field in field == "token" ? "gldt-x" : "gitlab+deploy-token-1" })
        let data = try #require(Data(base64Encoded: encoded.revealed))
        #expect(
            try JSON(parsing: data)
                == [
                    "auths": [
                        "registry.gitlab.com": [
                            "auth": .string(Base64Text.of("gitlab+deploy-token-1:gldt-x")), "password": "gldt-x",
                            "username": "gitlab+deploy-token-1",
                        ]
                    ]
                ])
        let id = try #require(secret.late.first { $0.path == ["metadata", "annotations", "aula.dev/deploy-token"] })
        #expect(!id.secret && !id.once)
        #expect(id.value == .output("gitlab/deployToken/memo2/g1/test", "id"))
    }

    @Test func `without GitLab there is no pull secret, and the account names none`() throws {
        #expect(try resource("kubernetes/Secret/memo2-g1-test/registry", gitlab: false) == nil)
        let account = try #require(try resource("kubernetes/ServiceAccount/memo2-g1-test/app", gitlab: false))
        #expect(account.body["imagePullSecrets"] == nil)
    }

    @Test func `values of the context win over the environment's own sizes`() throws {
        let binding = try #require(try Sample.library().bindBuiltIn(.environment).0)
        var context = Sample.context()
        context.values = ["pods": 7, "cpu": "500m"]
        let quota = binding.render(.manifests, in: context).resources.first {
            $0.address.is(.kubernetes("ResourceQuota"))
        }
        #expect(quota?.body["spec"]?["hard"]?["pods"] == "7")
        #expect(quota?.body["spec"]?["hard"]?["requests.cpu"] == "500m")
    }

    @Test func `memo2's seven groups fit two small nodes`() throws {
        // What a Standard_B2s offers after the service's own reservations, times two, without 800m for system pods.
        let available = (cpu: 2 * 1900 - 800, memory: 2 * 2150 - 1000)
        var cpu = 0
        var memory = 0
        for resource in try WorkloadTemplateTests.resources(of: WorkloadTemplateTests.memo2) {
            let copies = resource.slot.group == nil ? 2 : 14
            guard ["Deployment", "StatefulSet"].contains(resource.address.kind.name) else { continue }
            for container in resource.body[["spec", "template", "spec", "containers"]]?.array ?? [] {
                let requests = container[["resources", "requests"]]
                cpu += copies * (Int(requests?["cpu"]?.string?.dropLast() ?? "") ?? 0)
                memory += copies * (Int(requests?["memory"]?.string?.dropLast(2) ?? "") ?? 0)
            }
        }
        #expect(cpu == 1250 && cpu < available.cpu)
        #expect(memory == 2080 && memory < available.memory)
    }
}
