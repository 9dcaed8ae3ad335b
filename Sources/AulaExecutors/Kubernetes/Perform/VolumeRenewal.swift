import AulaEngine
import AulaModel

/// Takes away the claims of a StatefulSet that is made again with volumes of another size: they outlive it otherwise.
struct VolumeRenewal: Sendable {
    let set: ObjectCall
    let body: JSON
    let step: Step

    /// - Throws: `ExecutionError`.
    func run() async throws {
        guard let path = set.kind.row?.claims?.path,
            let kind = ObjectKind.builtIn.first(where: { $0.row?.isClaim == true })
        else { return }
        let prefixes = (body[path]?.array ?? []).compactMap { $0["metadata"]?["name"]?.string }
            .map { "\($0)-\(set.name)-" }
        let claims: [LiveObject]
        do {
            claims = try await set.api.list(
                ListQuery(kind: kind, namespace: set.namespace, metadataOnly: true),
                into: NamedObjects(kind: kind, prefixes: prefixes), patience: set.patience
            ).objects
        } catch {
            throw ExecutionError(
                "\(set.address): its claims could not be read: \(ReadFailure(error).reason)", hint: "run aula again",
                retry: .backoff)
        }
        for claim in claims {
            let call = ObjectCall(
                api: set.api, patience: set.patience, address: claim.address, kind: kind, namespace: claim.namespace,
                name: claim.name, secrets: Secrets())
            let removal = Removal(call: call, uid: claim.uid, progress: step.progress)
            if case .begun = try await removal.begin() { try await removal.waitUntilGone() }
        }
    }
}

/// Objects whose names are one of the beginnings and a number.
private struct NamedObjects: ItemCollector {
    let kind: ObjectKind
    let prefixes: [String]
    private(set) var objects: [LiveObject] = []

    init(kind: ObjectKind, prefixes: [String]) {
        self.kind = kind
        self.prefixes = prefixes
    }

    mutating func add(_ item: JSON) {
        let object = LiveObject(kind: kind, json: item)
        let isOne = prefixes.contains { object.name.hasPrefix($0) && Int(object.name.dropFirst($0.count)) != nil }
        if isOne { objects.append(object) }
    }
}

extension Change {
    /// Whether the loss that the plan says is that of a set's volumes, which get another size.
    fileprivate var isRenewal: Bool { fields.contains { $0.path.hasPrefix("spec.volumeClaimTemplates") } }

    var renewsVolumes: Bool { action == .replace && dataLoss != nil && isRenewal }
}
