import AulaModel

/// What a workload is created with before its pipeline takes over: the least that an API server accepts.
enum InitialObject {
    /// Nil where no container takes its image from the pipeline.
    static func program(of body: Program, kind: KubernetesKind) -> Program? {
        guard let path = kind.podTemplate else { return nil }
        let containers = (body[path + ["spec", "containers"]]?.items ?? []).compactMap { container -> Program? in
            guard let image = container["image"], image.isImage else { return nil }
            return .mapping([("name", container["name"]), ("image", image)])
        }
        guard !containers.isEmpty else { return nil }
        let pod = Program.mapping([
            ("metadata", .mapping([("labels", body[path + ["metadata", "labels"]])])),
            (
                "spec",
                .mapping([
                    ("containers", .array(folding: containers)),
                    ("restartPolicy", body[path + ["spec", "restartPolicy"]]),
                ])
            ),
        ])
        var result = Program.mapping([
            ("apiVersion", body["apiVersion"]), ("kind", body["kind"]),
            (
                "metadata",
                .mapping(["labels", "name", "namespace"].map { ($0, body[["metadata", $0]]) })
            ),
            (
                "spec",
                .mapping(
                    ["replicas", "schedule", "selector", "serviceName", "strategy"].map { ($0, body[["spec", $0]]) })
            ),
        ])
        result = result.changing(path[...]) { _ in pod }
        return result
    }
}

extension Program {
    /// Whether it is exactly `{image}`.
    fileprivate var isImage: Bool {
        switch self {
        case .value(Names.BuiltIn.image.rawValue), .valueAsText(Names.BuiltIn.image.rawValue): true
        default: false
        }
    }
}
