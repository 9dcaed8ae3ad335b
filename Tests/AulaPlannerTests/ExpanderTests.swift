import AulaModel
import AulaTemplates
import Testing

@testable import AulaPlanner

@Suite struct ExpanderTests {
    @Test func `everything comes after what it needs, whatever the order of the template`() throws {
        let (blueprint, findings) = expand(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  containers: [{ name: web, image: nginx, envFrom: [{ configMapRef: { name: later } }] }]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: later }
            """)
        #expect(findings.isEmpty)
        let resources = try #require(blueprint?.resources)
        #expect(resources.map(\.address.kind.name) == ["ConfigMap", "Deployment"])
        #expect(blueprint?[resources[0].address]?.address == resources[0].address)
    }

    @Test func `what nobody in the class makes is nothing to wait for`() throws {
        let (blueprint, findings) = expand(
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec:
              containers: [{ name: web, image: nginx, envFrom: [{ secretRef: { name: made-by-hand } }] }]
            """)
        #expect(findings.isEmpty)
        #expect(try #require(blueprint?.resources.first).dependsOn.isEmpty)
    }

    @Test func `an object that two manifests make is an error at the second of them`() {
        let (blueprint, findings) = expand(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: twin }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: twin }
            """)
        #expect(blueprint == nil)
        #expect(findings.map(\.message) == ["kubernetes/ConfigMap/memo2-g1-test/twin is made twice"])
        #expect(findings.first?.position?.line == 5)
    }

    @Test func `objects that wait for each other are named in their circle`() {
        let (blueprint, findings) = expand(
            """
            $dependsOn: [ConfigMap/b]
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: a }
            ---
            $dependsOn: [ConfigMap/a]
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: b }
            """)
        let (a, b) = ("kubernetes/ConfigMap/memo2-g1-test/a", "kubernetes/ConfigMap/memo2-g1-test/b")
        #expect(blueprint == nil)
        #expect(findings.map(\.message) == ["these wait for each other: \(a) → \(b) → \(a)"])
    }

    @Test func `a password that a manifest spells out is in no plan, and is compared and written all the same`() throws
    {
        let (blueprint, _) = expand(
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: mail }
            stringData: { password: in-the-file, user: ana }
            """)
        let secret = Address.kubernetes("Secret", "memo2-g1-test", "mail")
        let resource = try #require(blueprint?[secret])
        let made = Planner.offline(try #require(blueprint))
        let text = String(decoding: try SavedPlan(made, PlanOptions()).encoded(), as: UTF8.self)
        #expect(text.contains("mail") && !text.contains("in-the-file") && !text.contains("aW4tdGhlLWZpbGU="))
        #expect(blueprint?.revealing(resource).body["data"]?["password"] == "aW4tdGhlLWZpbGU=")

        var world = Sample.observation(of: blueprint?.resources ?? [])
        world.present[secret]?.attributes["data"] = ["password": .null, "user": .null]
        world.present[secret]?.secrets = [
            ["data", "password"]: Secret("aW4tdGhlLWZpbGU="), ["data", "user"]: Secret("YW5h"),
        ]
        #expect(Planner.plan(try #require(blueprint), world).isEmpty)
        world.present[secret]?.secrets[["data", "password"]] = Secret("b3RoZXI=")
        let plan = Planner.plan(try #require(blueprint), world)
        #expect(plan.changes.first?.fields == [FieldChange(path: "data.password", old: nil, new: nil, secret: true)])
    }

    @Test func `a template cannot copy a shared server's password into an object of a team`() throws {
        let secret =
            "apiVersion: v1\nkind: Secret\nmetadata: { name: admin }\nstringData: { password: { $generated: 32 } }\n"
        func reading(_ address: String) -> String {
            """
            $let: { stolen: { $output: "\(address)", field: password } }
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: "{component}-copy" }
            data: { password: "{stolen}" }
            """
        }
        let files = [
            "environment/template.yaml": "description: x", "cohort/template.yaml": "description: x",
            "db/template.yaml": "description: x", "db/server.yaml": secret,
            "db/client.yaml": reading("Secret/{serverNamespace}/admin"), "spy/template.yaml": "description: x",
            "spy/manifests.yaml": reading("Secret/{cohort}-db-test/admin"),
        ].map { SourceFile(path: $0.key, text: $0.value) }
        let (library, problems) = TemplateLibrary.parse(files)
        #expect(problems == [])
        var cohort = Sample.cohort()
        let db = Component(name: "db", template: "db", shared: .environment)
        cohort.components = [db]
        let environment = try #require(cohort.environments.first)
        try #require(cohort.serverNamespace(of: db, in: environment) == "\(cohort.name)-db-test")
        #expect(Expander.expand(cohort, library: library).diagnostics == [])
        cohort.components.append(Component(name: "spy", template: "spy"))
        let (blueprint, findings) = Expander.expand(cohort, library: library)
        #expect(blueprint == nil)
        #expect(findings.count == 1)
        #expect(
            findings.first?.message.hasSuffix("may not read a value of kubernetes/Secret/memo2-db-test/admin") == true)
        #expect(findings.first?.position?.file == "spy/manifests.yaml")
    }

    @Test(
        "values are read in the own group and environment, or of the own component's server",
        arguments: [
            (Slot(group: "a", environment: "test", component: "api"), Slot(group: "a", environment: "test"), true),
            (Slot(group: "a", environment: "test", component: "db"), Slot(environment: "test", component: "db"), true),
            (Slot(group: "a", environment: "test"), Slot(group: "b", environment: "test"), false),
            (Slot(group: "a", environment: "test"), Slot(group: "a", environment: "prod"), false),
            (Slot(group: "a", environment: "test", component: "x"), Slot(environment: "test", component: "db"), false),
            (Slot(group: "a", environment: "test", component: "db"), Slot(environment: "prod", component: "db"), false),
            (Slot(group: "a", environment: "test"), Slot(environment: "test"), false),
            (Slot(environment: "test", component: "x"), Slot(environment: "test", component: "db"), false),
        ])
    func outputRights(taker: Slot, producer: Slot, isAllowed: Bool) {
        #expect(OutputRights.may(taker, take: producer) == isAllowed)
    }

    @Test func `a class that is too large to hold is refused early, with a way out`() {
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }"
        #expect(expand(manifest, groups: 30, mostResources: 30).blueprint != nil)
        let (blueprint, findings) = expand(manifest, groups: 31, mostResources: 30)
        #expect(blueprint == nil)
        #expect(findings.map(\.message) == ["31 groups in 1 environment make more than 30 resources"])
        #expect(findings.map(\.hint) == ["write several cohort files, each with some of the groups"])
    }

    /// Some groups and one environment with nothing but one component, whose template has these manifests.
    private func expand(
        _ manifests: String, groups: Int = 1, mostResources: Int = 200_000
    ) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        let templates = ["environment", "cohort", "sample"].map {
            SourceFile(path: "\($0)/template.yaml", text: "description: A sample.")
        }
        let (library, _) = TemplateLibrary.parse(
            templates + [SourceFile(path: "sample/manifests.yaml", text: manifests)])
        var cohort = Sample.cohort(groups: groups)
        cohort.components = [Component(name: "sample", template: "sample")]
        return Expander.expand(cohort, library: library, mostResources: mostResources)
    }
}
