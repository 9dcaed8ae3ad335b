package import AulaModel
import AulaYAML

/// A template whose parameters have values: ready to be rendered for every group.
package struct TemplateBinding: Sendable {
    package let template: Template
    /// Nil for the built-in templates.
    package let component: Component?
    package let deploy: Component.Deploy
    let collector: Template?
    let arguments: Arguments
    let collectorArguments: Arguments
    /// The image's name with its placeholders.
    let image: Program?
    /// The teacher's own manifests, instead of the template's.
    let ownManifests: [Manifest]
    /// Bytes that the parameters can add to an object, roughly.
    let weight: Int
    private let files: [SourceFile]
    private let hasGitLab: Bool

    /// Checks what the cohort file says of a component; nil where an error stops it.
    static func make(
        _ template: Template, _ component: Component?, collector: Template?, files: [SourceFile], hasGitLab: Bool
    ) -> (TemplateBinding?, [Diagnostic]) {
        let owner = component.map { "component `\($0.name)`" } ?? "template `\(template.name)`"
        let position = component?.position ?? template.position
        var (arguments, diagnostics) = Arguments.check(
            component?.parameters ?? [:], against: template.parameters, owner: owner, at: position)
        var collectorArguments = Arguments()
        if let collector, let logs = component?.logs {
            let (checked, findings) = Arguments.check(
                logs.parameters, against: collector.parameters, owner: "`\(collector.name)` of \(owner)",
                at: logs.position ?? position)
            collectorArguments = checked
            diagnostics += findings
        }
        let hasProject = hasGitLab && component?.project ?? template.project
        let deploy = component?.deploy ?? (hasProject ? .pipeline : .aula)
        var compiler = Compiler(file: position.file, names: .builtIn)
        let standard = deploy == .pipeline ? template.placeholder ?? template.image : template.image
        let image = (component?.image ?? standard).flatMap { compiler.compile(.string($0), at: position) }
        diagnostics += compiler.diagnostics
        diagnostics += template.findings(about: component, image: image, at: position)
        let (own, findings) = template.ownManifests(of: component, in: files)
        diagnostics += findings
        let binding = TemplateBinding(
            template: template, component: component, deploy: deploy, collector: collector, arguments: arguments,
            collectorArguments: collectorArguments, image: image, ownManifests: own,
            weight: (arguments.values + collectorArguments.values).reduce(0) { $0 + $1.weight }, files: files,
            hasGitLab: hasGitLab)
        return (diagnostics.contains { $0.severity == .error } ? nil : binding, diagnostics)
    }

    /// The same with the settings of groups and environments on top, later ones winning; itself where there are none.
    package func overridden(by overrides: [ComponentOverride]) -> (TemplateBinding, [Diagnostic]) {
        guard var component, !overrides.isEmpty else { return (self, []) }
        for override in overrides {
            component.image = override.image ?? component.image
            component.version = override.version ?? component.version
            component.replicas = override.replicas ?? component.replicas
            component.parameters.merge(override.parameters) { _, new in new }
        }
        let (binding, diagnostics) = Self.make(
            template, component, collector: collector, files: files, hasGitLab: hasGitLab)
        return (binding ?? self, diagnostics)
    }
}

extension Template {
    fileprivate func findings(about component: Component?, image: Program?, at position: SourcePosition) -> [Diagnostic]
    {
        guard let component else { return [] }
        var diagnostics: [Diagnostic] = []
        let manifests = parts.values.joined()
        if image == nil, manifests.contains(where: { $0.initial != nil }) {
            diagnostics.append(
                Diagnostic(
                    .error, "component `\(component.name)` needs an image", at: position,
                    hint: "add `image: …`; only where a team's pipeline deploys it can aula begin without"))
        }
        if component.replicas != nil, !manifests.contains(where: { $0.body.uses(Names.BuiltIn.replicas.rawValue) }) {
            diagnostics.append(
                Diagnostic(
                    .error, "the template `\(name)` decides the replicas of `\(component.name)` itself", at: position,
                    hint: "remove `replicas:`"))
        }
        if component.shared != nil, !canBeShared {
            diagnostics.append(
                Diagnostic(
                    .error, "the template `\(name)` of `\(component.name)` cannot be shared", at: position,
                    hint: "remove `shared:`; a template that can has server.yaml and client.yaml"))
        }
        return diagnostics
    }

    /// The manifests in the files that the component's parameters name.
    fileprivate func ownManifests(of component: Component?, in files: [SourceFile]) -> ([Manifest], [Diagnostic]) {
        guard let component else { return ([], []) }
        var kinds = customKinds
        for member in component.parameters["customKinds"]?.value.object?.members ?? [] {
            kinds[member.key] = KubernetesKind(declared: member.key, isNamespaced: member.value != "cluster")
        }
        var manifests: [Manifest] = []
        var diagnostics: [Diagnostic] = []
        for path in paths(of: component) {
            let named = files.filter { $0.path == path || $0.path.hasPrefix(path + "/") }
            if named.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        .error, "there is no manifest at \(path)", at: component.position,
                        hint: "name a file that ends in .yaml, or a folder of such files"))
            }
            for file in named.sorted(by: { $0.path < $1.path }) {
                let (found, findings) = Manifest.read(file, names: names, customKinds: kinds)
                manifests += found
                diagnostics += findings
            }
        }
        return (manifests, diagnostics)
    }

    /// The files and folders that a component's parameters name, relative to the cohort file.
    func paths(of component: Component) -> [String] {
        parameters.filter { $0.kind == .files }.compactMap { declaration in
            guard var path = component.parameters[declaration.name]?.value.string else { return nil }
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        }
    }
}
