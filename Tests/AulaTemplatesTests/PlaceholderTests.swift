import AulaModel
import Testing

@testable import AulaTemplates

@Suite struct PlaceholderTests {
    @Test(
        "text is taken apart at the names in braces and nowhere else",
        arguments: [
            ("{group}-{environment}", [.name("group"), .text("-"), .name("environment")]),
            ("{port}", [.name("port")]),
            ("{{group}}", [.text("{group}")]),
            ("a {{group}} {group}", [.text("a {group} "), .name("group")]),
            ("${HOME}/x", [.text("${HOME}/x")]),
            (#"{"a":{"b":1}}"#, [.text(#"{"a":{"b":1}}"#)]),
            (#"{"{registry}":{}}"#, [.text(#"{""#), .name("registry"), .text(#"":{}}"#)]),
            ("server { listen {port}; }", [.text("server { listen "), .name("port"), .text("; }")]),
            ("{1x} {} {a b} {a", [.text("{1x} {} {a b} {a")]),
            ("", []),
        ] as [(String, [Placeholders.Piece])])
    func pieces(text: String, expected: [Placeholders.Piece]) {
        #expect(Placeholders(text).pieces == expected)
    }

    @Test func `a scalar that is only a placeholder keeps its type, except where Kubernetes takes text`() throws {
        let resource = try #require(
            try Sample.render(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: "{component}"
                  annotations: { port: "{port}", on: true }
                data: { port: "{port}", text: "port {port}", list: "{list}" }
                extra: { port: "{port}", env: [{ name: A, value: "{port}" }], list: "{list}" }
                """,
                header: """
                    parameters:
                      port: { type: integer, default: 80 }
                      list: { type: list, default: [1, a] }
                    """
            ).resources.first)
        #expect(resource.body["data"] == ["port": "80", "text": "port 80", "list": #"[1,"a"]"#])
        #expect(resource.body[["metadata", "annotations"]] == ["port": "80", "on": "true"])
        #expect(resource.body["extra"] == ["port": 80, "env": [["name": "A", "value": "80"]], "list": [1, "a"]])
    }

    @Test func `what has no value takes its member with it, and an empty rest goes too`() throws {
        let rendering = try Sample.render(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: x }
            extra:
              gone: "{nothing}"
              kept: {}
              inner: { gone: "{nothing}" }
              list: [{ $when: nothing, a: 1 }]
              other: { $unless: nothing, $value: 7 }
              equal: { $when: word == yes, $value: 8 }
              each: [{ $each: list, $value: "<{item}>" }, last]
            """,
            header: """
                parameters:
                  nothing: { type: string }
                  word: { type: string, default: "yes" }
                  list: { type: list, default: [a, b] }
                """)
        #expect(rendering.diagnostics == [])
        #expect(
            rendering.resources.first?.body["extra"]
                == ["kept": [:], "other": 7, "equal": 8, "each": ["<a>", "<b>", "last"]])
    }

    @Test func `an unknown name is an error at its position with a suggestion`() {
        let (_, findings) = Sample.parse([
            "template.yaml": "description: x",
            "manifests.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: x }
            data:
              a: "{gruop}"
            """,
        ])
        #expect(
            findings.map(\.description) == [
                """
                templates/thing/manifests.yaml:5:6: error: nothing is called `gruop` here
                  hint: did you mean `group`? Write {{gruop}} for the text {gruop}.
                """
            ])
    }

    @Test func `text with a name that has no value is an error where it is used`() throws {
        let rendering = try Sample.render(
            "{ apiVersion: v1, kind: ConfigMap, metadata: { name: x }, data: { a: 'v{version}' } }")
        #expect(rendering.diagnostics.map(\.message) == ["`version` has no value here"])
        #expect(rendering.diagnostics.first?.position?.column == 70)
    }
}
