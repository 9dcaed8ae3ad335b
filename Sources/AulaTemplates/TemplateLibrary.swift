package import AulaModel

// How a caller gets from files to resources:
//
//     let (library, findings) = TemplateLibrary.parse(files)          // every file under templates/
//     let (binding, findings) = library.bind(component)               // once per component
//     let special = binding.overridden(by: [groupOverride])           // only where a group or environment differs
//     var context = RenderContext(cohort: cohort, envFrom: library.envFrom(of: cohort.components))
//     context.place(group: group, environment: environment, namespace: "memo2-g1-test")
//     binding.render(.manifests, in: context)                         // resources, their places, findings
//
// The built-in parts have no component: `library.bindBuiltIn(.environment)` and `.cohort`.
// A component with `shared: environment`: `.server` once per environment in the server's namespace, then `.client`
// for each group environment, with `context.serverNamespace` set for both.
// `dependsOn` of a workload names every ConfigMap, Secret, account and claim that its pods refer to, also those that
// nobody in the blueprint makes (a Secret that a teacher made by hand): the caller drops the latter.

/// The templates that a cohort may use: the built-in ones and the teacher's own.
package struct TemplateLibrary: Sendable {
    /// The templates that every cohort uses without naming them.
    package enum BuiltIn: String, Sendable, CaseIterable {
        /// What each environment of each group gets: namespace, accounts, quota, network policies, …
        case environment
        /// aula's own namespace and the ConfigMap with the cohort's coordinates.
        case cohort
    }

    private var templates: [String: Template]

    package init(_ templates: [Template] = []) {
        self.templates = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    }

    package subscript(name: String) -> Template? { templates[name] }

    /// What a component may name, in alphabetical order.
    package var names: [String] { templates.keys.sorted() }

    /// Reads every template folder; `files` are those below `templates/`, whose paths end in `NAME/FILE.yaml`.
    package static func parse(_ files: [SourceFile]) -> (TemplateLibrary, [Diagnostic]) { (TemplateLibrary(), []) }

    /// Checks a component's parameters against its template; nil where an error stops it.
    ///
    /// - Parameter files: the teacher's own files that the component's parameters name.
    package func bind(_ component: Component, files: [SourceFile] = []) -> (TemplateBinding?, [Diagnostic]) { (nil, []) }

    package func bindBuiltIn(_ part: BuiltIn) -> (TemplateBinding?, [Diagnostic]) { (nil, []) }

    /// The paths (file or folder, relative to the cohort file) that a component's parameters name.
    package func paths(of component: Component) -> [String] { [] }

    /// Whether each group gets a GitLab project for the component.
    package func hasProject(_ component: Component) -> Bool { component.project ?? false }

    /// What the pods of every component load into their environment variables.
    package func envFrom(of components: [Component]) -> JSON { [] }
}
