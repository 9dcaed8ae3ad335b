import AulaModel
import AulaTemplates
import AulaTestSupport
import Foundation
import Testing

/// What the tests of templates have in common.
enum Sample {
    /// The repository's own templates.
    static func files() throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../templates").standardized
        let folders = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        return try folders.flatMap { folder in
            let path = root.appending(path: folder).path
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                .filter { $0.hasSuffix(".yaml") }
                .map { SourceFile(path: "templates/\(folder)/\($0)", text: try text(of: "\(path)/\($0)")) }
        }
    }

    private static func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    static func library() throws -> TemplateLibrary {
        let (library, findings) = TemplateLibrary.parse(try files())
        #expect(findings == [])
        return library
    }

    /// A library of one template, `thing`, made of these files of its folder.
    static func parse(_ files: [String: String]) -> (library: TemplateLibrary, findings: [Diagnostic]) {
        let (library, findings) = TemplateLibrary.parse(
            files.sorted { $0.key < $1.key }.map { SourceFile(path: "templates/thing/\($0.key)", text: $0.value) })
        return (library, findings)
    }

    /// Renders the only manifest of a template, in `memo2-g1-test`.
    static func render(
        _ manifest: String, header: String = "description: a thing", component: Component? = nil
    ) throws -> Rendering {
        let (library, findings) = parse(["template.yaml": header, "manifests.yaml": manifest])
        try #require(findings == [])
        let (binding, problems) = library.bind(component ?? Component(name: "app", template: "thing"))
        try #require(problems == [])
        return try #require(binding).render(.manifests, in: context())
    }

    static let group = Group(name: "Los Águilas", key: "g1", path: "los-aguilas")

    static func cohort(_ components: [Component] = [], gitlab: Bool = true) -> Cohort {
        .sample(
            title: "MeMo2 @ FIUBA", groups: [group], environments: ["test", "prod"], components: components,
            site: .azure(.sample()),
            gitlab: gitlab ? GitLabHome(url: "https://gitlab.com", group: "memo2-fiuba/2020-2c") : nil)
    }

    static func context(_ cohort: Cohort = cohort(), envFrom: JSON = []) -> RenderContext {
        var context = RenderContext(cohort: cohort, envFrom: envFrom)
        context.place(group: group, environment: "test", namespace: "memo2-g1-test")
        return context
    }
}
