package import AulaModel

/// The Kubernetes objects of a blueprint as files: deterministic to the byte, secrets left out.
package enum RenderedManifests {
    /// One JSON file an object (which is YAML too), under `GROUP-ENVIRONMENT` or `shared`; the prefix keeps the
    /// order in which they must be applied.
    package static func files(of blueprint: Blueprint) -> [SourceFile] {
        let objects = blueprint.resources.filter { $0.address.system == .kubernetes }
        return objects.map { resource in
            let placement = resource.placement
            let parts = [placement.group ?? "shared", placement.environment].compactMap { $0 }
            let name =
                "\(rank(resource.address.kind))-\(resource.address.kind.lowercased())"
                + "-\(resource.body["metadata"]?["name"]?.string ?? "")"
            let inner = resource.placement.group == nil ? (resource.body["metadata"]?["namespace"]?.string ?? "") : ""
            let folder = (parts + (inner.isEmpty ? [] : [inner])).joined(separator: "/")
            return SourceFile(path: "\(folder)/\(name).yaml", text: body(resource).prettyText)
        }
    }

    /// The manifest as it is created: with the placeholder's fields, without what is born later.
    private static func body(_ resource: Resource) -> JSON {
        resource.lifecycle.initial.map { resource.body.merging($0) } ?? resource.body
    }

    private static func rank(_ kind: String) -> String {
        switch kind {
        case "Namespace": "0"
        case "ServiceAccount": "1"
        case "Secret", "ConfigMap", "Role": "2"
        case "Deployment", "StatefulSet", "Job", "DaemonSet": "4"
        default: "3"
        }
    }
}
