import AulaModel
import AulaPlanner
import AulaTemplates
import Testing

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

    /// One group and one environment with nothing but one component, whose template has these manifests.
    private func expand(_ manifests: String) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        let templates = ["environment", "cohort", "sample"].map {
            SourceFile(path: "\($0)/template.yaml", text: "description: A sample.")
        }
        let (library, _) = TemplateLibrary.parse(
            templates + [SourceFile(path: "sample/manifests.yaml", text: manifests)])
        var cohort = Sample.cohort()
        cohort.components = [Component(name: "sample", template: "sample")]
        return Expander.expand(cohort, library: library)
    }
}
