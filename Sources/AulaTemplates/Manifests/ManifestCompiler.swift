import AulaModel
import AulaYAML

/// Turns one YAML document into a manifest.
struct ManifestCompiler {
    var compiler: Compiler
    private let root: YAMLNode
    /// Kinds that the template allows besides the known ones.
    private let customKinds: [String: KubernetesKind]
    var fields: [YAMLEntry] = []
    private var conditions: [Program.Condition] = []
    var generated: [Manifest.Generated] = []
    private var dependsOn: [AddressProgram] = []
    private var replacedWith: [AddressProgram] = []

    static func compile(
        _ root: YAMLNode, in file: String, names: Names, customKinds: [String: KubernetesKind]
    ) -> (Manifest?, [Diagnostic]) {
        var compiler = ManifestCompiler(
            compiler: Compiler(file: file, names: names), root: root, customKinds: customKinds)
        let manifest = compiler.compile()
        return (manifest, compiler.compiler.diagnostics)
    }

    private init(compiler: Compiler, root: YAMLNode, customKinds: [String: KubernetesKind]) {
        self.compiler = compiler
        self.root = root
        self.customKinds = customKinds
    }

    private mutating func compile() -> Manifest? {
        guard let entries = root.entries else {
            compiler.report("a manifest is a mapping with apiVersion, kind and metadata", at: root)
            return nil
        }
        for entry in entries { readField(entry) }
        guard let kind = readKind() else { return nil }
        compiler.holdsTexts = kind.name == "ConfigMap" || kind.name == "Secret"
        let secretTexts = kind.name == "Secret" ? compileSecretTexts() : []
        let body = YAMLNode(.mapping(fields), at: root.position)
        var second = compiler
        guard var full = compiler.compile(body) else { return nil }
        guard full[["metadata", "name"]] != nil else {
            compiler.report("\(kind.name) has no metadata.name", at: root)
            return nil
        }
        if !secretTexts.isEmpty {
            full = full.changing(["data"]) { .object(folding: ($0?.members ?? []) + secretTexts) }
        }
        var manifest = Manifest(position: root.position, kind: kind, body: mark(full, kind))
        if kind.takesNewImages {
            second.omitsHandedOver = true
            if let partial = second.compile(body), second.hasOmitted {
                manifest.handedOver = guarded(mark(partial, kind))
                manifest.initial = InitialObject.program(of: manifest.body, kind: kind)
            }
        }
        manifest.body = guarded(manifest.body)
        manifest.lateFields = compiler.lateFields
        manifest.generated = generated
        manifest.dependsOn = dependsOn
        manifest.replacedWith = replacedWith
        manifest.holdsData = kind.claims.map { $0.path.map { full[$0] != nil } ?? true } ?? false
        manifest.weight = manifest.body.weight
        return manifest
    }

    private func guarded(_ program: Program) -> Program {
        conditions.reversed().reduce(program) { .when($1, $0) }
    }

    /// Directives of the whole document are kept aside, fields are compiled later.
    private mutating func readField(_ entry: YAMLEntry) {
        let (name, value) = (entry.key, entry.node)
        guard name.hasPrefix("$") else {
            fields.append(entry)
            return
        }
        switch name {
        case "$when", "$unless":
            guard let condition = compiler.condition(value, expected: name == "$when") else { return }
            conditions.append(condition)
        case "$let": compiler.define(value)
        case "$dependsOn": dependsOn += compiler.addresses(value)
        case "$replacedWith": replacedWith += compiler.addresses(value)
        default:
            let known = ["$when", "$unless", "$let", "$dependsOn", "$replacedWith"]
            compiler.report(
                "`\(name)` is not known here", at: entry.position, hint: Spelling.hint(for: name, listing: known))
        }
    }

    private mutating func readKind() -> KubernetesKind? {
        func text(_ name: String) -> (String, YAMLNode)? {
            fields.first { $0.key == name }.flatMap { field in field.node.text.map { ($0, field.node) } }
        }
        guard let (version, versionNode) = text("apiVersion"), let (name, node) = text("kind") else {
            compiler.report("a manifest needs apiVersion and kind", at: root)
            return nil
        }
        if let kind = customKinds[name] { return kind }
        guard let kind = KubernetesKind[name] else {
            compiler.report(
                "`\(name)` is a kind that aula does not know", at: node,
                hint: Spelling.hint(for: name, among: KubernetesKind.all.map(\.name))
                    ?? "list it under customKinds, as `\(name): namespaced` or `\(name): cluster`")
            return nil
        }
        guard kind.apiVersions.contains(version) else {
            compiler.report(
                "\(name) is not in `\(version)`", at: versionNode,
                hint: "write \(kind.apiVersions.joined(separator: " or "))")
            return nil
        }
        return kind
    }

    /// Adds what every object carries: the mark, its namespace, and the labels by which pods are found.
    private mutating func mark(_ body: Program, _ kind: KubernetesKind) -> Program {
        func labels(_ name: Names.BuiltIn) -> (Program?) -> Program? {
            { $0.map { .merged(name.rawValue, $0) } ?? .value(name.rawValue) }
        }
        var result = body
        let manager = ["metadata", "labels", ReservedKeys.manager]
        if result[manager] != nil { result = result.changing(manager[...]) { _ in nil } }
        result = result.changing(["metadata", "labels"], labels(.markLabels))
        if kind.isNamespaced {
            result = result.changing(["metadata", "namespace"]) { $0 ?? .value(Names.BuiltIn.namespace.rawValue) }
        }
        if let path = kind.podTemplate, !path.isEmpty {
            result = result.changing((path + ["metadata", "labels"])[...], labels(.podLabels))
        }
        // A claim outlives its pods and its StatefulSet, so it must say itself whose it is.
        if let path = kind.claims?.path, let claims = result[path]?.items {
            let marked = claims.map { $0.changing(["metadata", "labels"], labels(.markLabels)) }
            result = result.changing(path[...]) { _ in .array(folding: marked) }
        }
        return result
    }
}
