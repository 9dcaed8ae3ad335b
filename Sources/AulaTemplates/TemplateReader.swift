import AulaModel
import AulaYAML

/// Reads one template folder.
struct TemplateReader: TreeReading {
    private static let keys =
        [
            "description", "project", "image", "placeholder", "replicas", "offers", "customKinds", "parameters",
        ] + NeedsReader.keys
    private static let parameterKeys = [
        "type", "description", "default", "required", "choices", "minimum", "maximum",
    ]
    private enum Scope: String, CaseIterable { case namespaced, cluster }
    private enum Offer: String, CaseIterable {
        // swift-format-ignore: AlwaysUseLowerCamelCase
        case Secret
    }

    var findings = Findings(in: "a template")
    private var template: Template

    /// Reads the files of one folder, which are known by their names inside it.
    static func read(_ name: String, _ header: SourceFile, _ files: [String: SourceFile]) -> (Template, [Diagnostic]) {
        var reader = TemplateReader(name, header)
        reader.readHeader(header)
        for part in Template.Part.allCases {
            if let file = files["\(part.rawValue).yaml"] { reader.readManifests(file, part) }
        }
        if let file = files["sidecar.yaml"] { reader.readSidecar(file) }
        return (reader.template, reader.diagnostics)
    }

    private init(_ name: String, _ file: SourceFile) {
        template = Template(name: name, description: "", position: SourcePosition(file: file.path, line: 1, column: 1))
    }

    private mutating func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { findings.report(diagnostic) }
    }

    private mutating func readHeader(_ file: SourceFile) {
        let (root, unreadable) = YAML.document(in: file)
        report(unreadable)
        guard let root, let fields = fields(of: root, at: "", keys: Self.keys) else { return }
        template.description = text("description", in: fields) ?? ""
        template.project = flag("project", in: fields) ?? false
        template.image = text("image", in: fields)
        template.placeholder = text("placeholder", in: fields)
        template.replicas = number("replicas", in: fields, 0...1_000) ?? template.replicas
        template.offersSecret = choice("offers", in: fields, Offer.self) != nil
        if let kinds = fields["customKinds"] { readCustomKinds(kinds) }
        if let parameters = fields["parameters"] { readParameters(parameters) }
        readNeeds(in: fields, of: file)
    }

    private mutating func readCustomKinds(_ node: YAMLNode) {
        for entry in fields(of: node, at: "customKinds")?.entries ?? [] {
            guard let scope = choice(entry.node, "customKinds.\(entry.key)", Scope.self) else { continue }
            template.customKinds[entry.key] = KubernetesKind(declared: entry.key, isNamespaced: scope == .namespaced)
        }
    }

    private mutating func readParameters(_ node: YAMLNode) {
        for entry in fields(of: node, at: "parameters")?.entries ?? [] {
            let name = entry.key
            if template.names[name] != nil {
                error("`\(name)` has a meaning already", at: entry.position, hint: "choose another name")
            } else if !Placeholders("{\(name)}").isOnlyOneName {
                error("`\(name)` cannot be a placeholder", at: entry.position, hint: "use letters, digits, - and _")
            } else if let declaration = declaration(entry) {
                template.parameters.append(declaration)
                template.names.declare(name)
            }
        }
    }

    private mutating func declaration(_ entry: YAMLEntry) -> ParameterDeclaration? {
        let path = "parameters.\(entry.key)"
        guard let fields = fields(of: entry.node, at: path, keys: Self.parameterKeys) else { return nil }
        guard fields["type"] != nil else {
            let kinds = ParameterDeclaration.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            missing("type", in: fields, hint: "one of \(kinds)")
            return nil
        }
        guard let kind = choice("type", in: fields, ParameterDeclaration.Kind.self) else { return nil }
        var declaration = ParameterDeclaration(
            name: entry.key, description: text("description", in: fields) ?? "", kind: kind, position: entry.position)
        declaration.required = flag("required", in: fields) ?? false
        declaration.standard = fields["default"].map { JSON($0) } ?? .null
        declaration.choices = items("choices", in: fields)?.map { JSON($0) } ?? []
        declaration.minimum = number("minimum", in: fields, Int.min...Int.max)
        declaration.maximum = number("maximum", in: fields, Int.min...Int.max)
        if !declaration.standard.isNull, let problem = declaration.problem(with: declaration.standard) {
            error("the default of \(problem)", at: fields.position(of: "default"))
        }
        return declaration
    }

    /// What is written out is checked here, what has placeholders when it is rendered.
    private mutating func readNeeds(in fields: Fields, of file: SourceFile) {
        func program(_ key: String, _ reader: inout TemplateReader) -> Program? {
            guard let node = fields[key] else { return nil }
            var compiler = Compiler(file: file.path, names: reader.template.names)
            let program = compiler.compile(node)
            reader.template.needs.positions[key] = node.position
            reader.report(compiler.diagnostics)
            if case .constant(let list)? = program {
                var check = NeedsReader(name: "", group: nil, namespace: "")
                check.read(list, key, at: node.position)
                reader.report(check.diagnostics)
            }
            return program
        }
        template.needs.runs = program("runs", &self)
        template.needs.bills = program("bills", &self)
    }

    private mutating func readManifests(_ file: SourceFile, _ part: Template.Part) {
        let (manifests, diagnostics) = Manifest.read(file, names: template.names, customKinds: template.customKinds)
        template.parts[part] = manifests
        report(diagnostics)
    }

    private mutating func readSidecar(_ file: SourceFile) {
        let (root, unreadable) = YAML.document(in: file)
        report(unreadable)
        guard let root else { return }
        let (sidecar, diagnostics) = Sidecar.compile(root, in: file.path, names: template.names)
        template.sidecar = sidecar
        report(diagnostics)
    }
}

extension Manifest {
    /// Every document of a file.
    static func read(_ file: SourceFile, names: Names, customKinds: [String: KubernetesKind]) -> (
        [Manifest], [Diagnostic]
    ) {
        var (roots, diagnostics) = YAML.documents(in: file)
        let manifests = roots.compactMap { root in
            let (manifest, findings) = ManifestCompiler.compile(
                root, in: file.path, names: names, customKinds: customKinds)
            diagnostics += findings
            return manifest
        }
        return (manifests, diagnostics)
    }
}
