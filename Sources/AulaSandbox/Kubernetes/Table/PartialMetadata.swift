import AulaModel

/// An object reduced to its metadata, as `kubectl delete` and others ask for it.
enum PartialMetadata {
    static func isAsked(by request: SandboxRequest) -> Bool {
        request.headers["accept"]?.contains("as=PartialObjectMetadata") ?? false
    }

    static func of(_ object: JSON) -> JSON {
        ["kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object.metadata]
    }

    static func list(_ items: [JSON], _ metadata: JSON) -> JSON {
        [
            "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
            "items": .array(items),
        ]
    }
}
