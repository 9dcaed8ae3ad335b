import AulaModel
import AulaTemplates
import Testing

@Suite struct ParameterTests {
    private static let position = SourcePosition(file: "cohort.yaml", line: 7, column: 3)
    private static let header = """
        parameters:
          port: { type: integer, default: 80, minimum: 1, maximum: 65535 }
          size: { type: quantity, default: 1Gi }
          mode: { type: string, choices: [fast, slow], default: fast }
          wide: { type: boolean, default: false }
          host: { type: string, default: "{group}.example.org" }
        """

    private func findings(_ name: String, _ value: JSON) throws -> [String] {
        let (library, _) = Sample.parse(["template.yaml": Self.header, "manifests.yaml": ""])
        let component = Component(
            name: "app", template: "thing", parameters: [name: Parameter(value, at: Self.position)])
        return library.bind(component).1.map(\.description)
    }

    @Test(
        "a value of the wrong kind is an error at the cohort file's position",
        arguments: [
            ("port", "eighty", "`port` must be a whole number, not `eighty`"),
            ("port", 0, "`port` must be at least 1"),
            ("port", 65536, "`port` must be at most 65535"),
            ("size", "8 GB", "`size` must be an amount such as 500m or 64Mi, not `8 GB`\n  hint: write 8Gi"),
            ("size", [1], "`size` must be an amount such as 500m or 64Mi, not [1]"),
            ("mode", "medium", "`mode` must be one of `fast`, `slow`"),
            ("wide", "yes", "`wide` must be true or false, not `yes`\n  hint: write true"),
            ("port", "80", "`port` must be a whole number, not `80`\n  hint: write 80 without quotes"),
        ] as [(String, JSON, String)])
    func wrong(name: String, value: JSON, message: String) throws {
        #expect(try findings(name, value) == ["cohort.yaml:7:3: error: \(message)"])
    }

    @Test(
        "a fitting value is taken",
        arguments: [
            ("port", 8080), ("port", "{port}"), ("size", "500m"), ("size", "1.5Gi"), ("size", 3), ("mode", "slow"),
            ("host", "x-{environment}"),
        ] as [(String, JSON)])
    func right(name: String, value: JSON) throws {
        let problems = try findings(name, value)
        // A parameter cannot refer to itself.
        #expect(problems.isEmpty || value == "{port}")
    }

    @Test func `an unknown parameter, template and collector come with a suggestion`() throws {
        #expect(
            try findings("prot", 1) == [
                "cohort.yaml:7:3: error: component `app` has no parameter `prot`\n  hint: did you mean `port`?"
            ])
        let library = try Sample.library()
        let missing = library.bind(Component(name: "db", template: "postgress", position: Self.position)).1
        #expect(
            missing.map(\.description) == [
                """
                cohort.yaml:7:3: error: there is no template `postgress` for `db`
                  hint: did you mean `postgres`?
                """
            ])
        let logs = LogCollection(template: "api", position: Self.position)
        let collector = library.bind(Component(name: "api", template: "api", logs: logs)).1
        #expect(collector.first?.message == "there is no log collector `api` for `api`")
        #expect(collector.first?.hint == "known: filebeat, fluent-bit, sumologic")
    }

    @Test func `a missing parameter names the component's position and what it is for`() throws {
        let component = Component(
            name: "api", template: "api", logs: LogCollection(template: "filebeat", position: Self.position))
        #expect(
            try Sample.library().bind(component).1.map(\.description) == [
                """
                cohort.yaml:7:3: error: `filebeat` of component `api` needs `hosts`
                  hint: Elasticsearch's addresses, such as `https://elastic.example.org:9200`.
                """,
                """
                cohort.yaml:7:3: error: `filebeat` of component `api` needs `secret`
                  hint: The name of a Secret with ELASTICSEARCH_API_KEY; the environment's own is `environment`.
                """,
            ])
    }

    @Test func `what a template cannot do is an error`() throws {
        let library = try Sample.library()
        func problems(_ component: Component) -> [String] { library.bind(component).1.map(\.message) }
        #expect(problems(Component(name: "api", template: "api", project: false)) == ["component `api` needs an image"])
        #expect(
            problems(Component(name: "bot", template: "bot", replicas: 2))
                == ["the template `bot` decides the replicas of `bot` itself"])
        #expect(
            problems(Component(name: "api", template: "api", shared: .environment))
                == ["the template `api` of `api` cannot be shared"])
    }

    @Test(arguments: [("8GB", "write 8Gi"), ("512 mb", "write 512Mi"), ("8gi", "write 8Gi")])
    func `an amount in another notation is answered with Kubernetes' own`(text: String, hint: String) throws {
        let component = Component(
            name: "db", template: "postgres", parameters: ["storage": Parameter(.string(text))])
        let findings = try Sample.library().bind(component).1
        #expect(findings.map(\.hint) == [hint])
    }

    @Test func `a template may not use a taken name, an unknown type or an unfitting default`() {
        let (_, findings) = Sample.parse([
            "template.yaml": """
            descripton: x
            parameters:
              group: { type: string }
              a: { type: text }
              b: { type: integer, default: x }
              c: { type: string, defualt: x }
            """
        ])
        #expect(
            findings.map { "\($0.position?.line ?? 0) \($0.message)" } == [
                "1 unknown key `descripton`", "3 `group` has a meaning already",
                "4 unknown parameters.a.type `text`", "5 the default of `b` must be a whole number, not `x`",
                "6 unknown key `defualt` in `parameters.c`",
            ])
    }

    @Test func `overrides of a group win over the component and leave the rest`() throws {
        let library = try Sample.library()
        let component = Component(
            name: "auth", template: "api", image: "example/auth:{version}", version: "1.0.0", deploy: .aula,
            parameters: ["port": Parameter(9000)])
        let binding = try #require(library.bind(component).0)
        let (special, findings) = binding.overridden(by: [
            ComponentOverride(version: "2.0.0", replicas: 3, parameters: ["cpu": Parameter("1")])
        ])
        #expect(findings == [])
        func container(_ binding: TemplateBinding) throws -> JSON {
            let rendering = binding.render(.manifests, in: Sample.context())
            let deployment = try #require(rendering.resources.first { $0.address.is(.kubernetes("Deployment")) })
            return try #require(deployment.body[["spec", "template", "spec", "containers"]]?[0])
        }
        #expect(try container(binding)["image"] == "example/auth:1.0.0")
        #expect(try container(special)["image"] == "example/auth:2.0.0")
        #expect(try container(special)[["resources", "requests", "cpu"]] == "1")
        #expect(try container(special)["ports"] == container(binding)["ports"])
    }
}
