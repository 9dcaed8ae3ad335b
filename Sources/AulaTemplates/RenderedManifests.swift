package import AulaModel

/// The Kubernetes objects of a blueprint as files: deterministic to the byte, secrets left out.
package enum RenderedManifests {
    /// One YAML file an object, under `GROUP/ENVIRONMENT` or `shared`; the prefix keeps the
    /// order in which they must be applied.
    package static func files(of blueprint: Blueprint) throws -> [SourceFile] {
        let objects = blueprint.resources.filter { $0.address.system == .kubernetes }
        return try objects.map { named in
            let resource = blueprint.revealing(named)
            let slot = resource.slot
            let parts = [slot.group ?? "shared", slot.environment].compactMap { $0 }
            let name =
                "\(resource.kubernetesKind?.rank ?? 3)-\(resource.address.kind.name.lowercased())"
                + "-\(resource.body["metadata"]?["name"]?.string ?? "")"
            let inner = resource.slot.group == nil ? (resource.body["metadata"]?["namespace"]?.string ?? "") : ""
            let folder = (parts + (inner.isEmpty ? [] : [inner])).joined(separator: "/")
            return SourceFile(path: "\(folder)/\(name).yaml", text: try ManifestText.yaml(of: asCreated(resource)))
        }
    }

    /// The manifest as it is created: with the placeholder's fields and the fingerprint, without what is born later.
    private static func asCreated(_ resource: Resource) -> Resource {
        var created = resource
        if let initial = resource.lifecycle.initial { created.body = created.body.merging(initial) }
        created.body[["metadata", "annotations", Resource.fingerprintAnnotation]] = .string(resource.fingerprint)
        return created
    }
}
