package import AulaModel

/// What one template became in one position.
package struct Rendering: Sendable {
    package var resources: [Resource] = []
    /// Where each resource is written, in the order of `resources`: for collisions between templates.
    package var positions: [SourcePosition] = []
    /// What the template declares that no resource says.
    package var needs = Needs()
    package var diagnostics: [Diagnostic] = []
}

extension TemplateBinding {
    /// The resources of one part of the template, for the position that the context describes.
    package func render(_ part: Template.Part, in context: RenderContext) -> Rendering {
        let frame = frame(in: context)
        var renderer = ManifestRenderer(binding: self, context: context, frame: frame)
        renderer.fill(template, arguments)
        var sidecar: RenderedSidecar?
        if let collector, part == .manifests {
            var other = ManifestRenderer(binding: self, context: context, frame: frame)
            other.fill(collector, collectorArguments)
            sidecar = collector.sidecar.map { other.render($0) }
            other.render(collector.needs)
            for manifest in collector.parts[.manifests] ?? [] { other.render(manifest, sidecar: nil) }
            renderer.rendering = other.finished()
        }
        // Of a shared server there is one, however many its clients are.
        if part != .client { renderer.render(template.needs) }
        for manifest in template.manifests(of: part) { renderer.render(manifest, sidecar: sidecar) }
        if part == .manifests {
            for manifest in ownManifests { renderer.render(manifest, sidecar: sidecar) }
        }
        return renderer.finished()
    }

    private func frame(in context: RenderContext) -> Frame {
        var frame = context.frame
        if frame[.serverNamespace].isNull { frame[.serverNamespace] = frame[.namespace] }
        frame[.shared] = .bool(component?.shared != nil)
        frame[.component] = (component?.name).map(JSON.string) ?? .null
        frame[.version] = (component?.version).map(JSON.string) ?? .null
        frame[.replicas] = .int(component?.replicas ?? template.replicas)
        let labels = labels(in: context)
        frame[.podLabels] = .object(JSONObject(sortedMembers: labels))
        frame[.markLabels] = .object(
            JSONObject(
                uniqueMembers: labels + [
                    JSONObject.Member(key: "app.kubernetes.io/managed-by", value: "aula"),
                    JSONObject.Member(key: "aula.dev/id", value: .string(context.mark.id)),
                ]))
        return frame
    }

    /// The labels of a pod, sorted by key.
    ///
    /// The mark itself is not among them: what controllers make of a pod template is not aula's.
    private func labels(in context: RenderContext) -> [JSONObject.Member] {
        let values: [(String, String?)] = [
            ("app.kubernetes.io/name", component?.name ?? template.name),
            ("aula.dev/cohort", context.mark.cohort),
            ("aula.dev/component", component?.name),
            ("aula.dev/environment", context.environment),
            ("aula.dev/group", context.group?.key),
        ]
        return values.compactMap { key, value in value.map { JSONObject.Member(key: key, value: .string($0)) } }
    }
}
