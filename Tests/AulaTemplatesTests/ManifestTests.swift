import AulaModel
import AulaTemplates
import AulaTestSupport
import Testing

@Suite struct ManifestTests {
    @Test(
        "a manifest that Kubernetes would refuse is an error with its position",
        arguments: [
            ("kind: ConfigMap\nmetadata: { name: x }", "1:1", "a manifest needs apiVersion and kind"),
            (
                "apiVersion: v1\nkind: ConfgMap\nmetadata: { name: x }", "2:7",
                "`ConfgMap` is a kind that aula does not know"
            ),
            ("apiVersion: v1\nkind: Deployment\nmetadata: { name: x }", "1:13", "Deployment is not in `v1`"),
            ("apiVersion: v1\nkind: ConfigMap\nmetadata: {}", "1:1", "ConfigMap has no metadata.name"),
            ("- 1", "1:1", "a manifest is a mapping with apiVersion, kind and metadata"),
            ("a: [", "2:1", "this is not YAML: did not find expected node content while parsing a flow node"),
            ("apiVersion: v1\nkind: ConfigMap\n$wen: x\nmetadata: { name: x }", "3:1", "`$wen` is not known here"),
        ])
    func refused(text: String, position: String, message: String) {
        let (_, findings) = Sample.parse(["template.yaml": "description: x", "manifests.yaml": text])
        #expect(findings.first?.message == message)
        #expect(findings.first?.position?.description == "templates/thing/manifests.yaml:\(position)")
    }

    @Test func `a custom kind is allowed where the template says so`() throws {
        let manifest = "{ apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: x } }"
        let rendering = try Sample.render(manifest, header: "customKinds: { Certificate: namespaced }")
        #expect(rendering.resources.map(\.address.text) == ["kubernetes/Certificate/memo2-g1-test/x"])
        let (_, findings) = Sample.parse(["template.yaml": "description: x", "manifests.yaml": manifest])
        #expect(
            findings.first?.hint == "list it under customKinds, as `Certificate: namespaced` or `Certificate: cluster`")
    }

    @Test func `an object carries the mark, its namespace and what it needs first`() throws {
        let resource = try #require(
            try Sample.render("{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { a: 1 } } }")
                .resources.first)
        #expect(resource.container == "kubernetes/Namespace/memo2-g1-test")
        #expect(resource.dependsOn == ["kubernetes/Namespace/memo2-g1-test"])
        #expect(resource.slot == Slot(group: "g1", environment: "test", component: "app"))
        #expect(resource.body[["metadata", "namespace"]] == "memo2-g1-test")
        #expect(
            resource.body[["metadata", "labels"]]
                == [
                    "a": "1", "app.kubernetes.io/managed-by": "aula", "app.kubernetes.io/name": "app",
                    "aula.dev/cohort": "memo2", "aula.dev/component": "app", "aula.dev/environment": "test",
                    "aula.dev/group": "g1", "aula.dev/id": "m2k7q9xd",
                ])
    }

    @Test(
        "a template that sets what aula knows its own by is refused with the position",
        arguments: [
            ("metadata: { name: x, labels: { a: 1, aula.dev/id: other } }", "3:38", "aula.dev/id"),
            ("metadata: { name: x, annotations: { aula.dev/origin: existing } }", "3:37", "aula.dev/origin"),
            ("metadata: { name: x, annotations: { aula.dev/mine: 1 } }", "3:37", "aula.dev/mine"),
            (
                "metadata: { name: x }\nspec: { template: { metadata: { labels: { aula.dev/group: g2 } } } }", "4:43",
                "aula.dev/group"
            ),
            (
                "metadata: { name: x }\nspec:\n  volumeClaimTemplates:\n    - metadata: { labels: { aula.dev/id: i } }",
                "6:29", "aula.dev/id"
            ),
        ])
    func reserved(text: String, position: String, key: String) {
        let manifest = "apiVersion: apps/v1\nkind: StatefulSet\n\(text)"
        let (_, findings) = Sample.parse(["template.yaml": "description: x", "manifests.yaml": manifest])
        #expect(findings.map(\.message) == ["'\(key)' is aula's own"])
        #expect(findings.first?.position?.description == "templates/thing/manifests.yaml:\(position)")
        #expect(findings.first?.hint?.contains("example.org/") == true)
    }

    @Test(
        "what says nothing of whose it is may be set, and anything may be selected",
        arguments: [
            "metadata: { name: x, labels: { aula.dev/role: server } }",
            "metadata: { name: x, annotations: { aula.dev/settings: a, example.org/id: b } }",
            "metadata: { name: x }\nspec: { podSelector: { matchLabels: { aula.dev/group: g2 } } }",
        ])
    func free(text: String) {
        let manifest = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\(text)"
        #expect(Sample.parse(["template.yaml": "description: x", "manifests.yaml": manifest]).findings == [])
    }

    @Test func `a parameter cannot bring another mark`() throws {
        let resource = try #require(
            try Sample.render(
                "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: '{labels}' } }",
                header: "parameters: { labels: { type: mapping } }",
                component: Component(
                    name: "app", template: "thing",
                    parameters: ["labels": Parameter(["aula.dev/id": "other", "aula.dev/role": "server"])])
            ).resources.first)
        #expect(resource.body[["metadata", "labels", "aula.dev/id"]] == "m2k7q9xd")
        #expect(resource.body[["metadata", "labels", "aula.dev/role"]] == "server")
    }

    @Test func `whoever managed an object before, aula does now`() throws {
        let text =
            "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { app.kubernetes.io/managed-by: Helm } } }"
        let resource = try #require(try Sample.render(text).resources.first)
        #expect(resource.body[["metadata", "labels", "app.kubernetes.io/managed-by"]] == "aula")
    }

    @Test func `names that are too long and objects over 1 MiB are errors`() throws {
        let long = String(repeating: "x", count: 64)
        let service = try Sample.render("{ apiVersion: v1, kind: Service, metadata: { name: \(long) } }")
        #expect(service.resources.isEmpty)
        #expect(service.diagnostics.map(\.message) == ["the name of Service `\(long)` is longer than 63 characters"])

        let large = try Sample.render(
            "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a: '{text}', b: '{text}' } }",
            header: "parameters: { text: { type: string } }",
            component: Component(
                name: "app", template: "thing",
                parameters: ["text": Parameter(.string(String(repeating: "y", count: 600_000)))]))
        #expect(large.resources.isEmpty)
        #expect(large.diagnostics.first?.message.hasSuffix("more than the 1 MiB that Kubernetes takes") == true)
    }

    @Test func `a secret is written as it is read: base64 in data, passwords born once, late values composed`() throws {
        let resource = try #require(
            try Sample.render(
                """
                $let:
                  password: { $output: "Secret/other/{component}", field: password }
                apiVersion: v1
                kind: Secret
                metadata: { name: x }
                stringData:
                  user: "{group}"
                  number: 5
                  url: "http://{group}:{password}@host"
                  own: { $generated: 40 }
                """
            ).resources.first)
        #expect(resource.body["data"] == ["user": "ZzE=", "number": "NQ=="])
        #expect(resource.body["stringData"] == nil)
        #expect(resource.lifecycle.generated == [GeneratedField(path: ["stringData", "own"], length: 40)])
        let late = try #require(resource.late.first)
        #expect(late.path == ["data", "url"])
        #expect(late.secret)
        #expect(late.value.sources == ["kubernetes/Secret/other/app"])
        #expect(late.value.resolved { _, _ in "pw" } == "aHR0cDovL2cxOnB3QGhvc3Q=")
    }

    @Test func `an address names a namespace, takes the object's own, or is of another system`() throws {
        let resource = try #require(
            try Sample.render(
                """
                $dependsOn: [ConfigMap/a, "Secret/{cohort}-aula/b", "gitlab/deployToken/{cohort}/{group}/{environment}"]
                $replacedWith: Secret/c
                { apiVersion: v1, kind: ConfigMap, metadata: { name: x, namespace: elsewhere } }
                """.replacing(
                    "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, namespace: elsewhere } }",
                    with: "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: elsewhere }")
            ).resources.first)
        #expect(
            resource.dependsOn == [
                "kubernetes/Namespace/elsewhere", "kubernetes/ConfigMap/elsewhere/a", "kubernetes/Secret/memo2-aula/b",
                "gitlab/deployToken/memo2/g1/test",
            ])
        #expect(resource.lifecycle.replacedWith == ["kubernetes/Secret/elsewhere/c"])
    }

    @Test func `a value that is born elsewhere cannot stand in a list`() {
        let (_, findings) = Sample.parse([
            "template.yaml": "description: x",
            "manifests.yaml": """
            $let: { late: { $output: Secret/a, field: b } }
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: x }
            extra: ["{late}"]
            """,
        ])
        #expect(findings.map(\.message) == ["a value that is born elsewhere cannot stand in a list"])
    }
}
