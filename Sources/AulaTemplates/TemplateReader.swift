import AulaModel
import Yams

/// Reads one template folder.
struct TemplateReader {
    private static let keys = [
        "description", "project", "image", "placeholder", "replicas", "offers", "customKinds", "parameters",
    ]
    private static let parameterKeys = [
        "type", "description", "default", "required", "choices", "minimum", "maximum",
    ]

    private let file: SourceFile
    private var template: Template
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads the files of one folder, which are known by their names inside it.
    static func read(_ name: String, _ header: SourceFile, _ files: [String: SourceFile]) -> (Template, [Diagnostic]) {
        var reader = TemplateReader(name, header)
        reader.readHeader()
        for part in Template.Part.allCases {
            if let file = files["\(part.rawValue).yaml"] { reader.readManifests(file, part) }
        }
        if let file = files["sidecar.yaml"] { reader.readSidecar(file) }
        return (reader.template, reader.diagnostics)
    }

    private init(_ name: String, _ file: SourceFile) {
        self.file = file
        template = Template(name: name, description: "", position: SourcePosition(file: file.path, line: 1, column: 1))
    }

    private mutating func report(_ message: String, at node: Node, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: node.position(in: file.path), hint: hint))
    }

    private mutating func readHeader() {
        let documents = YAMLDocuments(file)
        diagnostics += documents.diagnostics
        guard let root = documents.roots.first?.mapping else { return }
        for (key, value) in root {
            let name = key.scalar?.string ?? ""
            switch (name, value.json) {
            case ("description", .string(let text)): template.description = text
            case ("project", .bool(let flag)): template.project = flag
            case ("image", .string(let text)): template.image = text
            case ("placeholder", .string(let text)): template.placeholder = text
            case ("replicas", .int(let number)): template.replicas = number
            case ("offers", "Secret"): template.offersSecret = true
            case ("customKinds", .object(let kinds)): readCustomKinds(kinds, value)
            case ("parameters", .object): readParameters(value)
            case _ where Self.keys.contains(name): report("`\(name)` has a value of the wrong kind", at: value)
            default:
                report(
                    "`\(name)` is not known in a template", at: key, hint: Spelling.hint(for: name, listing: Self.keys))
            }
        }
    }

    private mutating func readCustomKinds(_ kinds: JSONObject, _ node: Node) {
        for member in kinds.members {
            guard let scope = member.value.string, ["namespaced", "cluster"].contains(scope) else {
                report("the scope of `\(member.key)` is `namespaced` or `cluster`", at: node)
                continue
            }
            template.customKinds[member.key] = Kind(
                name: member.key, apiVersions: [], isNamespaced: scope == "namespaced")
        }
    }

    private mutating func readParameters(_ node: Node) {
        for (key, value) in node.mapping ?? [:] {
            let name = key.scalar?.string ?? ""
            if template.names[name] != nil {
                report("`\(name)` has a meaning already", at: key, hint: "choose another name")
            } else if !Placeholders("{\(name)}").isOnlyOneName {
                report("`\(name)` cannot be a placeholder", at: key, hint: "use letters, digits, - and _")
            } else if let declaration = declaration(name, key, value) {
                template.parameters.append(declaration)
                template.names.declare(name)
            }
        }
    }

    private mutating func declaration(_ name: String, _ key: Node, _ node: Node) -> ParameterDeclaration? {
        let fields = node.json
        for (field, _) in node.mapping ?? [:] where !Self.parameterKeys.contains(field.scalar?.string ?? "") {
            let word = field.scalar?.string ?? ""
            report(
                "`\(word)` is not known in a parameter", at: field,
                hint: Spelling.hint(for: word, listing: Self.parameterKeys))
        }
        guard let kind = fields["type"]?.string.flatMap(ParameterDeclaration.Kind.init) else {
            let kinds = ParameterDeclaration.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            report("the parameter `\(name)` needs a type", at: node, hint: "one of \(kinds)")
            return nil
        }
        var declaration = ParameterDeclaration(
            name: name, description: fields["description"]?.string ?? "", kind: kind,
            position: key.position(in: file.path))
        declaration.required = fields["required"]?.bool ?? false
        declaration.standard = fields["default"] ?? .null
        declaration.choices = fields["choices"]?.array ?? []
        declaration.minimum = fields["minimum"]?.int
        declaration.maximum = fields["maximum"]?.int
        if !declaration.standard.isNull, let problem = declaration.problem(with: declaration.standard) {
            report("the default of \(problem)", at: node)
        }
        return declaration
    }

    private mutating func readManifests(_ file: SourceFile, _ part: Template.Part) {
        let (manifests, findings) = Manifest.read(file, names: template.names, customKinds: template.customKinds)
        template.parts[part] = manifests
        diagnostics += findings
    }

    private mutating func readSidecar(_ file: SourceFile) {
        let documents = YAMLDocuments(file)
        diagnostics += documents.diagnostics
        guard let root = documents.roots.first else { return }
        let (sidecar, findings) = Sidecar.compile(root, in: file.path, names: template.names)
        template.sidecar = sidecar
        diagnostics += findings
    }
}

extension Manifest {
    /// Every document of a file.
    static func read(_ file: SourceFile, names: Names, customKinds: [String: Kind]) -> ([Manifest], [Diagnostic]) {
        let documents = YAMLDocuments(file)
        var diagnostics = documents.diagnostics
        let manifests = documents.roots.compactMap { root in
            let (manifest, findings) = ManifestCompiler.compile(
                root, in: file.path, names: names, customKinds: customKinds)
            diagnostics += findings
            return manifest
        }
        return (manifests, diagnostics)
    }
}
