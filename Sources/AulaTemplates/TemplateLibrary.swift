package import AulaModel

// How a caller gets from files to resources:
//
//     let (library, findings) = TemplateLibrary.parse(files)          // every file under templates/
//     let (binding, findings) = library.bind(component)               // once per component
//     let special = binding.overridden(by: [groupOverride])           // only where a group or environment differs
//     var context = RenderContext(cohort: cohort, envFrom: library.envFrom(of: cohort.components))
//     context.place(group: group, environment: environment, namespace: "memo2-g1-test")
//     binding.render(.manifests, in: context)                         // resources, their positions, findings
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

    private let templates: [String: Template]
    /// Those that come with aula, also where the teacher's own replace them.
    private let originals: [String: Template]

    package init(_ templates: [Template] = []) {
        self.templates = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        originals = Dictionary(templates.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(name: String) -> Template? { templates[name] }

    /// What a component may name, in alphabetical order.
    package var names: [String] {
        templates.values.filter { !$0.isCollector && BuiltIn(rawValue: $0.name) == nil }.map(\.name).sorted()
    }

    /// What `logs:` may name, in alphabetical order.
    package var collectors: [String] { templates.values.filter(\.isCollector).map(\.name).sorted() }

    /// Reads every template folder: `files` are those below `templates/`, whose paths end in `NAME/FILE.yaml`.
    ///
    /// A folder without `template.yaml` is no template. Of two folders of the same name the later one counts, so a
    /// teacher's own `api` replaces the one that aula brings.
    package static func parse(_ files: [SourceFile]) -> (TemplateLibrary, [Diagnostic]) {
        var order: [String] = []
        var folders: [String: [String: SourceFile]] = [:]
        for file in files {
            let parts = file.path.split(separator: "/")
            guard parts.count >= 2, let last = parts.last else { continue }
            let folder = parts.dropLast().joined(separator: "/")
            if folders[folder] == nil { order.append(folder) }
            folders[folder, default: [:]][String(last)] = file
        }
        var templates: [Template] = []
        var diagnostics: [Diagnostic] = []
        for folder in order {
            guard let files = folders[folder], let header = files["template.yaml"] else { continue }
            let name = String(folder.split(separator: "/").last ?? "")
            let (template, findings) = TemplateReader.read(name, header, files)
            templates.append(template)
            diagnostics += findings
        }
        return (TemplateLibrary(templates), diagnostics)
    }

    /// Checks a component's parameters against its template; nil where an error stops it.
    ///
    /// `files` are the teacher's own, read from `paths(of:)`; without GitLab no component has a pipeline.
    package func bind(
        _ component: Component, files: [SourceFile] = [], hasGitLab: Bool = true
    ) -> (TemplateBinding?, [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let template = names.contains(component.template) ? templates[component.template] : nil
        if template == nil {
            diagnostics.append(
                Diagnostic(
                    .error, "there is no template `\(component.template)` for `\(component.name)`",
                    at: component.position, hint: Spelling.hint(for: component.template, listing: names)))
        }
        var collector: Template?
        if let logs = component.logs {
            collector = templates[logs.template].flatMap { $0.isCollector ? $0 : nil }
            if collector == nil {
                diagnostics.append(
                    Diagnostic(
                        .error, "there is no log collector `\(logs.template)` for `\(component.name)`",
                        at: logs.position ?? component.position,
                        hint: Spelling.hint(for: logs.template, listing: collectors)))
            }
        }
        guard let template, diagnostics.isEmpty else { return (nil, diagnostics) }
        return TemplateBinding.make(
            template, component, collector: collector, files: files, hasGitLab: hasGitLab)
    }

    package func bindBuiltIn(_ part: BuiltIn) -> (TemplateBinding?, [Diagnostic]) {
        guard let template = templates[part.rawValue] else {
            return (
                nil,
                [
                    Diagnostic(
                        .error, "the built-in template `\(part.rawValue)` is missing",
                        hint: "it belongs to aula's own templates/ folder")
                ]
            )
        }
        return TemplateBinding.make(template, nil, collector: nil, files: [], hasGitLab: true)
    }

    /// The template of that part that comes with aula, whatever replaces it.
    package func original(_ part: BuiltIn) -> TemplateBinding? {
        originals[part.rawValue].flatMap {
            TemplateBinding.make($0, nil, collector: nil, files: [], hasGitLab: true).0
        }
    }

    /// The files and folders that a component's parameters name, relative to the cohort file: the caller reads them
    /// and hands them to `bind` under these very paths.
    package func paths(of component: Component) -> [String] {
        templates[component.template]?.paths(of: component) ?? []
    }

    /// Whether each group gets a GitLab project for the component.
    package func hasProject(_ component: Component) -> Bool {
        component.project ?? templates[component.template]?.project ?? false
    }

    /// What the pods of every component load into their environment variables: the environment's ConfigMap and
    /// Secret, then the Secret of each component that offers one.
    ///
    /// With one such component its variables are called as they are (`DATABASE_URL`); with several they would hide
    /// each other, so each gets its component's name in front (`ORDERS_DATABASE_URL`).
    package func envFrom(of components: [Component]) -> JSON {
        let offering = components.filter { templates[$0.template]?.offersSecret == true }
        var sources: [JSON] = [
            ["configMapRef": ["name": "environment"]], ["secretRef": ["name": "environment"]],
        ]
        for component in offering {
            var source: JSON = ["secretRef": ["name": .string(component.name)]]
            if offering.count > 1 {
                let prefix = component.name.uppercased().map { $0 == "-" ? "_" : $0 } + "_"
                source["prefix"] = .string(String(prefix))
            }
            sources.append(source)
        }
        return .array(sources)
    }
}
