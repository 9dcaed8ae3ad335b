import AulaModel
import AulaTemplates
import AulaTestSupport
import Testing

@Suite struct WorkloadTemplateTests {
    static let memo2 = [
        Component(name: "api", template: "api", parameters: ["port": Parameter(8080)]),
        Component(name: "bot", template: "bot"),
        Component(
            name: "db", template: "postgres", shared: .environment, parameters: ["storage": Parameter("8Gi")]),
    ]

    /// Every resource of one group's test environment, the shared servers of that environment first.
    static func resources(of components: [Component], gitlab: Bool = true) throws -> [Resource] {
        let library = try Sample.library()
        var context = RenderContext(
            cohort: Sample.cohort(components, gitlab: gitlab), envFrom: library.envFrom(of: components))
        var renderings: [Rendering] = []
        let common = try #require(library.bindBuiltIn(.environment).0)
        let bindings = try components.map { component in
            let (binding, findings) = library.bind(component, hasGitLab: gitlab)
            #expect(findings == [])
            return try #require(binding)
        }
        for binding in bindings where binding.component?.shared != nil {
            let namespace = "memo2-\(binding.component?.name ?? "")-test"
            context.place(group: nil, environment: "test", namespace: namespace, serverNamespace: namespace)
            renderings.append(binding.render(.server, in: context))
        }
        context.place(group: Sample.group, environment: "test", namespace: "memo2-g1-test")
        renderings.append(common.render(.manifests, in: context))
        for binding in bindings {
            let isShared = binding.component?.shared != nil
            context.place(
                group: Sample.group, environment: "test", namespace: "memo2-g1-test",
                serverNamespace: isShared ? "memo2-\(binding.component?.name ?? "")-test" : nil)
            renderings.append(binding.render(isShared ? .client : .manifests, in: context))
        }
        #expect(renderings.flatMap(\.diagnostics) == [])
        return renderings.flatMap(\.resources)
    }

    private func expectGolden(_ resources: [Resource], _ name: String) throws {
        let text = try resources.map { "# \($0.address)\n" + (try ManifestText.yaml(of: $0)) }
        try AulaTestSupport.expectGolden(text.joined(separator: "---\n"), name)
    }

    @Test func `a group's test environment of memo2, and its server`() throws {
        try expectGolden(try Self.resources(of: Self.memo2), "memo2-g1-test.yaml")
    }

    @Test func `aula's own namespace`() throws {
        let binding = try #require(try Sample.library().bindBuiltIn(.cohort).0)
        var context = Sample.context()
        context.place(group: nil, environment: nil, namespace: "memo2-aula")
        try expectGolden(binding.render(.manifests, in: context).resources, "memo2-aula.yaml")
    }

    @Test(
        "each template as aula deploys it",
        arguments: [
            Component(
                name: "hello", template: "api", image: "example/hello:{version}", version: "1.0.0", replicas: 3,
                deploy: .aula,
                parameters: [
                    "alivePath": "/healthz", "args": ["--verbose"], "domain": "example.org", "healthPort": 8081,
                    "readyPath": "/readiness", "secrets": ["auth-key"], "serviceType": "LoadBalancer",
                    "settings": ["COLOR": "blue", "WORKERS": 4],
                ]),
            Component(name: "bot", template: "bot", image: "example/bot:1", parameters: ["allowRoot": true]),
            Component(name: "web", template: "web", deploy: .aula, parameters: ["serviceType": "LoadBalancer"]),
            Component(
                name: "jobs", template: "worker", image: "example/jobs:1", replicas: 2, deploy: .aula,
                parameters: ["settings": ["QUEUE": "mail"]]),
            Component(name: "db", template: "postgres", parameters: ["storageClass": "fast"]),
        ])
    func alone(component: Component) throws {
        let resources = try Self.resources(of: [component]).filter { $0.slot.component == component.name }
        try expectGolden(resources, "\(component.template).yaml")
    }

    @Test("a log collector beside a component", arguments: ["filebeat", "fluent-bit", "sumologic"])
    func collector(name: String) throws {
        var parameters: [String: Parameter] = ["secret": "logs"]
        if name == "filebeat" { parameters["hosts"] = ["https://elastic.example.org:9200"] }
        if name == "fluent-bit" { parameters["endpoint"] = "logs.example.org" }
        let component = Component(
            name: "api", template: "api", logs: LogCollection(template: name, parameters: parameters))
        let resources = try Self.resources(of: [component]).filter { $0.slot.component == "api" }
        try expectGolden(resources, "api-\(name).yaml")
        let deployment = try #require(resources.first { $0.address.is(.kubernetes("Deployment")) })
        #expect(deployment.dependsOn.contains("kubernetes/Secret/memo2-g1-test/logs"))
        #expect(deployment.dependsOn.contains(Address("kubernetes/ConfigMap/memo2-g1-test/api-\(name)")))
    }

    @Test func `a pipeline's workload leaves image and replicas out and is born with a placeholder`() throws {
        let resources = try Self.resources(of: Self.memo2)
        let api = try #require(resources.first { $0.address == "kubernetes/Deployment/memo2-g1-test/api" })
        #expect(api.body[["spec", "replicas"]] == nil)
        #expect(api.body[["spec", "template", "spec", "containers"]]?[0]?["image"] == nil)
        #expect(
            api.lifecycle.initial?["spec"]
                == [
                    "replicas": 1, "selector": ["matchLabels": ["app.kubernetes.io/name": "api"]],
                    "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]],
                    "template": [
                        "metadata": ["labels": api.body[["spec", "template", "metadata", "labels"]] ?? .null],
                        "spec": [
                            "containers": [
                                [
                                    "name": "api",
                                    "image": "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
                                ]
                            ]
                        ],
                    ],
                ])
        #expect(api.lifecycle.initial?["metadata"]?["labels"] == api.body["metadata"]?["labels"])
    }

    @Test func `a password's job is made again with the password, and the group's Secret follows it`() throws {
        let resources = try Self.resources(of: Self.memo2)
        let job = try #require(resources.first { $0.address == "kubernetes/Job/memo2-db-test/db-g1" })
        #expect(
            job.lifecycle.replacedWith == [
                "kubernetes/Secret/memo2-db-test/db-g1", "kubernetes/StatefulSet/memo2-db-test/db",
            ], "a server whose volume is new knows no database")
        #expect(job.dependsOn.contains("kubernetes/StatefulSet/memo2-db-test/db"))
        let secret = try #require(resources.first { $0.address == "kubernetes/Secret/memo2-g1-test/db" })
        let url = secret.late.first { $0.path == ["data", "DATABASE_URL"] }?.value.resolved { _, _ in "pw" }
        #expect(url == .plain(Base64Text.of("postgresql://g1:pw@db.memo2-db-test.svc:5432/g1")))
        #expect(resources.filter(\.lifecycle.holdsData).map(\.address) == ["kubernetes/StatefulSet/memo2-db-test/db"])
    }

    @Test func `several databases do not hide each other's variables`() throws {
        let library = try Sample.library()
        let databases = ["orders", "mail-box"].map { Component(name: $0, template: "postgres") }
        let sources = try #require(library.envFrom(of: databases).array)
        #expect(
            sources.suffix(2) == [
                ["prefix": "ORDERS_", "secretRef": ["name": "orders"]],
                ["prefix": "MAIL_BOX_", "secretRef": ["name": "mail-box"]],
            ])
    }
}
