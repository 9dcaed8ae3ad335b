import AulaEngine
import AulaModel

/// Says what keeps an object from going: the kind, the object and the finalizer, which `kubectl` does not tell.
struct HoldUp: Sendable {
    let call: ObjectCall
    let limit: Duration

    func error(_ object: LiveObject) async throws -> ExecutionError {
        let reasons = object.kind == .namespace ? await remaining(in: object) : [sentence(object)]
        return ExecutionError(
            "\(call.address): still being deleted after \(limit.components.seconds) s: "
                + reasons.joined(separator: "; "),
            hint: "let the finalizer's controller finish, or remove the finalizer with "
                + "`kubectl patch --type=merge --patch '{\"metadata\":{\"finalizers\":null}}'`, then run aula again")
    }

    private func sentence(_ object: LiveObject) -> String {
        let name = "\(object.kind.name) \(object.name)"
        guard !object.finalizers.isEmpty else { return "\(name) is waiting for its dependents" }
        return "\(name) is held by \(object.finalizers.joined(separator: ", "))"
    }

    /// What the namespace's conditions tell, with the objects that they mean.
    private func remaining(in namespace: LiveObject) async -> [String] {
        let conditions = (namespace.json["status"]?["conditions"]?.array ?? []).filter { $0["status"] == "True" }
        var sentences: [String] = []
        for condition in conditions {
            guard let type = condition["type"]?.string, let message = condition["message"]?.string else { continue }
            switch type {
            case "NamespaceContentRemaining": sentences += await objects(in: namespace.name, message)
            // The finalizers are named with their objects; without those, the server's sentence must do.
            case "NamespaceFinalizersRemaining": if sentences.isEmpty { sentences.append(message) }
            default: sentences.append(message)
            }
        }
        return sentences.isEmpty ? ["the cluster does not say why"] : sentences
    }

    /// Reads `Some resources are remaining: persistentvolumeclaims. has 1 resource instances, pods. has 2 …`.
    private func objects(in namespace: String, _ message: String) async -> [String] {
        var sentences: [String] = []
        for part in message.split(separator: ":").last?.split(separator: ",") ?? [] {
            guard let word = part.split(separator: " ").first, let dot = word.firstIndex(of: ".") else { continue }
            let (plural, group) = (String(word[..<dot]), String(word[word.index(after: dot)...]))
            guard let kind = await kind(plural, group),
                let held = try? await call.api.list(
                    ListQuery(kind: kind, namespace: namespace, metadataOnly: true), into: HeldObjects(kind: kind),
                    patience: call.patience
                ).objects, !held.isEmpty
            else {
                sentences.append("\(part.trimmed)")
                continue
            }
            sentences += held.prefix(5).map(sentence)
        }
        return sentences
    }

    private func kind(_ plural: String, _ group: String) async -> ObjectKind? {
        if let kind = ObjectKind.builtIn.first(where: { $0.plural == plural && $0.group == group }) { return kind }
        let entries = try? await Discovery.everything(in: call.api, patience: call.patience)
        return entries?.first { $0.kind.plural == plural && $0.kind.group == group }?.kind
    }
}

/// Objects that a finalizer holds.
private struct HeldObjects: ItemCollector {
    let kind: ObjectKind
    private(set) var objects: [LiveObject] = []

    init(kind: ObjectKind) {
        self.kind = kind
    }

    mutating func add(_ item: JSON) {
        let object = LiveObject(kind: kind, json: item)
        if !object.finalizers.isEmpty { objects.append(object) }
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop { $0 == " " } }
}
