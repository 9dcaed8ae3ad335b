import AulaModel

/// Runs the manifests of one template in one position.
struct ManifestRenderer {
    /// The largest object that the Kubernetes API takes, in bytes.
    static let sizeLimit = 1 << 20

    let binding: TemplateBinding
    let context: RenderContext
    var rendering = Rendering()
    var evaluator: Evaluator
    let slot: Slot
    private let namespaceAddress: Address

    init(binding: TemplateBinding, context: RenderContext, frame: Frame) {
        self.binding = binding
        self.context = context
        evaluator = Evaluator(frame: frame)
        slot = Slot(
            group: context.group?.key, environment: context.environment, component: binding.component?.name)
        namespaceAddress = .namespace(context.namespace)
    }

    /// Puts the image's and the parameters' values behind the built-in ones.
    mutating func fill(_ template: Template, _ arguments: Arguments) {
        if let image = binding.image { evaluator.frame[.image] = evaluator.run(image) ?? .null }
        for (declaration, program) in zip(template.parameters, arguments.values) {
            // A standard such as `{group}.{domain}` is nothing where there is no domain; its use says so, if any.
            let known = evaluator.diagnostics.count
            var value = context.values[declaration.name] ?? evaluator.run(program)
            if evaluator.diagnostics.count > known {
                evaluator.diagnostics.removeLast(evaluator.diagnostics.count - known)
                value = nil
            }
            evaluator.frame.values.append(value ?? .null)
        }
    }

    mutating func render(_ sidecar: Sidecar) -> RenderedSidecar {
        RenderedSidecar(
            containers: evaluator.run(sidecar.containers)?.array ?? [],
            volumes: evaluator.run(sidecar.volumes)?.array ?? [], mounts: evaluator.run(sidecar.mounts)?.array ?? [])
    }

    mutating func finished() -> Rendering {
        rendering.diagnostics += evaluator.diagnostics
        evaluator.diagnostics = []
        return rendering
    }

    mutating func render(_ manifest: Manifest, sidecar: RenderedSidecar?) {
        let isHandedOver = binding.deploy == .pipeline && manifest.handedOver != nil
        guard var body = evaluator.run(isHandedOver ? manifest.handedOver ?? manifest.body : manifest.body) else {
            return
        }
        let path = manifest.kind.podTemplate
        if let sidecar, let path, path.isEmpty || manifest.kind.takesNewImages {
            body[path + ["spec"]] = sidecar.added(to: body[path + ["spec"]] ?? [:])
        }
        let metadata = body["metadata"]
        guard let name = metadata?["name"]?.string, check(name, manifest, body) else { return }
        let namespace = manifest.kind.isNamespaced ? metadata?["namespace"]?.string : nil
        let address = Address.kubernetes(manifest.kind.name, namespace, name)
        var resource = Resource(address: address, slot: slot, body: body)
        if let namespace {
            let container =
                namespace == context.namespace ? namespaceAddress : .namespace(namespace)
            resource.container = container
            resource.dependsOn = [container]
        }
        let home = namespace ?? context.namespace
        References.add(to: &resource.dependsOn, from: body, kind: manifest.kind, namespace: home)
        for other in manifest.dependsOn { resource.dependsOn.append(evaluator.run(other, in: home)) }
        resource.late = manifest.lateFields.compactMap { late($0, home) }
        resource.lifecycle = lifecycle(of: manifest, isHandedOver: isHandedOver, in: home)
        rendering.resources.append(resource)
        rendering.positions.append(manifest.position)
    }

    private mutating func late(_ field: LateFieldProgram, _ namespace: String) -> LateField? {
        guard field.conditions.allSatisfy({ $0.holds(in: evaluator.frame) }) else { return nil }
        return LateField(
            path: field.path, value: evaluator.run(field.binding.value, in: namespace), secret: field.binding.secret,
            once: field.binding.once)
    }

    private mutating func lifecycle(of manifest: Manifest, isHandedOver: Bool, in namespace: String) -> Lifecycle {
        Lifecycle(
            initial: isHandedOver ? manifest.initial.flatMap { evaluator.run($0) } : nil,
            generated: manifest.generated.filter { $0.conditions.allSatisfy { $0.holds(in: evaluator.frame) } }
                .map(\.field),
            holdsData: manifest.holdsData,
            replacedWith: manifest.replacedWith.map { evaluator.run($0, in: namespace) })
    }

    private mutating func check(_ name: String, _ manifest: Manifest, _ body: JSON) -> Bool {
        let kind = manifest.kind
        if name.isEmpty || name.utf8.count > kind.nameLimit {
            rendering.diagnostics.append(
                Diagnostic(
                    .error,
                    name.isEmpty
                        ? "\(kind.name) has an empty name"
                        : "the name of \(kind.name) `\(name)` is longer than \(kind.nameLimit) characters",
                    at: manifest.position, hint: "shorten the names of the cohort, the group or the component"))
            return false
        }
        guard manifest.weight + binding.weight > Self.sizeLimit / 4 else { return true }
        let size = body.data.count
        guard size > Self.sizeLimit else { return true }
        rendering.diagnostics.append(
            Diagnostic(
                .error, "\(kind.name) `\(name)` has \(size) bytes, more than the 1 MiB that Kubernetes takes",
                at: manifest.position, hint: "split it, or put large data into a volume or an image"))
        return false
    }
}
