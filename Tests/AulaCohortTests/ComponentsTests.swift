import AulaCohort
import AulaModel
import Testing

@Suite struct ComponentsTests {
    @Test func `reserved keys and the template's own`() throws {
        let lines = """
            components:
              api:
                template: web
                image: registry.example.org/api:{version}
                version: 2.10
                replicas: 0
                deploy: aula
                project: false
                logs: { template: filebeat, hosts: [a, b] }
                greeting: no
            """
        let api = try #require(cohort(with: lines)?.components.first)
        #expect(api.template == "web")
        #expect(api.image == "registry.example.org/api:{version}")
        #expect(api.version == "2.10")
        #expect(api.replicas == 0)
        #expect(api.deploy == .aula)
        #expect(api.project == false)
        #expect(api.logs?.template == "filebeat")
        #expect(api.logs?.parameters.mapValues(\.value) == ["hosts": ["a", "b"]])
        #expect(api.parameters.mapValues(\.value) == ["greeting": "no"])
    }

    @Test(
        arguments: [
            ("1", 1), ("-3", -3), ("1.5", .double(1.5)), ("1e3", .double(1000)), ("'1'", "1"), ("007", "007"),
            ("0x10", "0x10"), ("true", true), ("yes", "yes"), ("~", .null), ("", .null), ("'~'", "~"), ("8Gi", "8Gi"),
            ("2020-12-07", "2020-12-07"), ("12:30", "12:30"), ("[1, {a: x}]", [1, ["a": "x"]]), ("!!str 5", "5"),
            ("99999999999999999999", .double(1e20)), (".inf", ".inf"), ("2 * 3", "2 * 3"), ("'*'", "*"),
        ] as [(String, JSON)])
    func `a parameter means what it looks like`(text: String, value: JSON) throws {
        let api = try #require(cohort(with: "components:\n  api:\n    it: \(text)")?.components.first)
        #expect(api.parameters["it"]?.value == value)
    }

    @Test(arguments: [
        ("api: 5", "c:6:8: error: `components.api` must be a mapping, not `5`"),
        (
            "api: { deploy: pipelin }",
            "c:6:18: error: unknown components.api.deploy `pipelin`\n  hint: did you mean `pipeline`?"
        ),
        (
            "api: { deploy: me }",
            "c:6:18: error: unknown components.api.deploy `me`\n  hint: choose `pipeline`, `aula`"
        ),
        (
            "db: { shared: cohort }",
            "c:6:17: error: `components.db.shared: cohort` is not available yet\n  hint: available: `environment`"
        ),
        ("api: { replicas: -1 }", "c:6:20: error: `components.api.replicas` must be from 0 to 1000, not -1"),
        ("api: { replicas: [1] }", "c:6:20: error: `components.api.replicas` must be a number, not a list"),
        ("api: { image: a b }", "c:6:17: error: the image `a b` holds a space"),
        ("api: { template: { a: b } }", "c:6:20: error: `components.api.template` must be text, not a mapping"),
        (
            "api: { logs: { hosts: [] } }",
            "c:6:16: error: `components.api.logs.template` is missing\n"
                + "  hint: write template: filebeat, or just logs: filebeat"
        ),
        (
            "API: {}",
            "c:6:3: error: `API` is no name for `components`: small letters, digits and dashes inside are allowed\n"
                + "  hint: write api"
        ),
    ])
    func `what is wrong with a component is said with its position`(line: String, finding: String) {
        #expect(findings(with: "components:\n  " + line) == [finding])
    }
}
