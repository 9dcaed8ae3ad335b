import AulaModel

/// What an object needs to exist before it: read from the fields in which Kubernetes itself looks for it.
enum References {
    /// Adds what is not in the list yet.
    static func add(to list: inout [Address], from body: JSON, kind: KubernetesKind, namespace: String) {
        func add(_ kind: String, _ name: JSON?, in other: String? = nil) {
            guard let name = name?.string else { return }
            let address = Address.kubernetes(kind, other ?? namespace, name)
            if !list.contains(address) { list.append(address) }
        }
        if let path = kind.podTemplate, let pod = body[path + ["spec"]] {
            addPod(pod) { add($0, $1) }
        }
        switch kind.name {
        case "RoleBinding":
            if body["roleRef"]?["kind"] == "Role" { add("Role", body["roleRef"]?["name"]) }
            for subject in body["subjects"]?.array ?? [] where subject["kind"] == "ServiceAccount" {
                add("ServiceAccount", subject["name"], in: subject["namespace"]?.string)
            }
        case "Secret" where body["type"] == "kubernetes.io/service-account-token":
            add("ServiceAccount", body[["metadata", "annotations", "kubernetes.io/service-account.name"]])
        default: break
        }
    }

    private static func addPod(_ pod: JSON, _ add: (String, JSON?) -> Void) {
        add("ServiceAccount", pod["serviceAccountName"])
        for secret in pod["imagePullSecrets"]?.array ?? [] { add("Secret", secret["name"]) }
        for volume in pod["volumes"]?.array ?? [] {
            add("Secret", volume["secret"]?["secretName"])
            add("ConfigMap", volume["configMap"]?["name"])
            add("PersistentVolumeClaim", volume["persistentVolumeClaim"]?["claimName"])
            for source in volume["projected"]?["sources"]?.array ?? [] {
                add("Secret", source["secret"]?["name"])
                add("ConfigMap", source["configMap"]?["name"])
            }
        }
        for list in ["initContainers", "containers"] {
            for container in pod[list]?.array ?? [] {
                for source in container["envFrom"]?.array ?? [] {
                    add("Secret", source["secretRef"]?["name"])
                    add("ConfigMap", source["configMapRef"]?["name"])
                }
                for variable in container["env"]?.array ?? [] {
                    add("Secret", variable[["valueFrom", "secretKeyRef", "name"]])
                    add("ConfigMap", variable[["valueFrom", "configMapKeyRef", "name"]])
                }
            }
        }
    }
}

extension Program {
    /// Whether a placeholder for the name at this position is anywhere inside.
    func uses(_ position: Int) -> Bool {
        func uses(_ pieces: [TextPiece]) -> Bool {
            pieces.contains { if case .name(position, _) = $0 { true } else { false } }
        }
        switch self {
        case .constant: return false
        case .value(let other), .valueAsText(let other), .valueAsTexts(let other), .digest(let other):
            return other == position
        case .text(let pieces, _): return uses(pieces)
        case .array(let items): return items.contains { $0.uses(position) }
        case .object(let members): return members.contains { $0.value.uses(position) }
        case .merged(let other, let inner), .each(let other, let inner):
            return other == position || inner.uses(position)
        case .when(let condition, let inner): return condition.position == position || inner.uses(position)
        case .base64(let inner): return inner.uses(position)
        }
    }
}
