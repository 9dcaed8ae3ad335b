import AulaModel
import AulaTemplates
import AulaTestSupport
import Testing

@Suite struct OwnTemplateTests {
    @Test func `a teacher's folder adds a template, or replaces one of the same name`() throws {
        let own = [
            SourceFile(path: "course/templates/cache/template.yaml", text: "description: Redis"),
            SourceFile(
                path: "course/templates/cache/manifests.yaml",
                text: "{ apiVersion: v1, kind: Service, metadata: { name: '{component}' } }"),
            SourceFile(path: "course/templates/bot/template.yaml", text: "description: our own bot"),
            SourceFile(path: "course/templates/notes.yaml", text: "not: a template"),
        ]
        let (library, findings) = TemplateLibrary.parse(try Sample.files() + own)
        #expect(findings == [])
        #expect(library.names == ["api", "bot", "cache", "manifests", "postgres", "web", "worker"])
        #expect(library["bot"]?.description == "our own bot")
        let binding = try #require(library.bind(Component(name: "redis", template: "cache")).0)
        let rendering = binding.render(.manifests, in: Sample.context())
        #expect(rendering.resources.map(\.address) == ["kubernetes/Service/memo2-g1-test/redis"])
        #expect(rendering.positions.map(\.description) == ["course/templates/cache/manifests.yaml:1:1"])
    }

    @Test func `a teacher's own manifests are rendered as they are, with the mark and the group's namespace`() throws {
        let library = try Sample.library()
        let position = SourcePosition(file: "courses/memo2.yaml", line: 9, column: 5)
        let component = Component(
            name: "extras", template: "manifests",
            parameters: [
                "files": Parameter("./extras/", at: position),
                "customKinds": Parameter(["Certificate": "namespaced"], at: position),
            ], position: position)
        #expect(library.paths(of: component) == ["extras"])
        let files = [
            SourceFile(
                path: "extras/a.yaml",
                text: """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: { name: motd }
                    data: { text: "Hello {groupName}" }
                    ---
                    apiVersion: cert-manager.io/v1
                    kind: Certificate
                    metadata: { name: tls }
                    """),
            SourceFile(path: "other.yaml", text: "is: not asked for"),
        ]
        let (binding, findings) = library.bind(component, files: files)
        #expect(findings == [])
        let rendering = try #require(binding).render(.manifests, in: Sample.context())
        #expect(
            rendering.resources.map(\.address) == [
                "kubernetes/ConfigMap/memo2-g1-test/motd", "kubernetes/Certificate/memo2-g1-test/tls",
            ])
        #expect(rendering.resources.first?.body["data"] == ["text": "Hello Los Águilas"])
        #expect(
            library.bind(component).1.map(\.description) == [
                """
                courses/memo2.yaml:9:5: error: there is no manifest at extras
                  hint: name a file that ends in .yaml, or a folder of such files
                """
            ])
    }

    @Test func `hostile files end in an error, not in a crash`() {
        let bomb = (1...12).reduce(into: "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n") { text, level in
            let item = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: item, count: 10).joined(separator: ", "))]\n"
        }
        let deep = "a: " + String(repeating: "[", count: 100_000)
        let head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n"
        for text in [head + bomb, deep, head + "data: { a: \"\u{0}\" }", String(repeating: "# x\n", count: 300_000)] {
            let (_, findings) = Sample.parse(["template.yaml": "description: x", "manifests.yaml": text])
            #expect(findings.contains { $0.severity == .error && $0.position != nil })
        }
    }
}
