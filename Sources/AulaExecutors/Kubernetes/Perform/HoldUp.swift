import AulaEngine
import AulaModel

/// Finds what keeps an object from going: the kind, the object and the finalizer, which `kubectl` does not tell.
///
/// A finalizer that a deployer's token can have set is taken away: no team must be able to keep its namespace. Others
/// are left to their controllers, and named.
struct HoldUp: Sendable {
    let call: ObjectCall
    let progress: @Sendable (String) -> Void

    /// What holds an object now.
    struct State: Sendable {
        /// The sentences that name it.
        var reasons: [String] = []
        /// The commands that let it go.
        var commands: [String] = []
        /// Whether somebody's controller must act, who is not known to be at work.
        var waitsForOthers = false
    }

    func state(of object: LiveObject) async -> State {
        guard object.kind == .namespace else { return await state(ofHeld: [object]) }
        let conditions = (object.json["status"]?["conditions"]?.array ?? []).filter { $0["status"] == "True" }
        var state = State()
        for condition in conditions {
            guard let type = condition["type"]?.string, let message = condition["message"]?.string else { continue }
            switch type {
            case "NamespaceContentRemaining":
                let (objects, others) = await objects(in: object.name, message)
                let held = await self.state(ofHeld: objects)
                state.reasons += held.reasons + others
                state.commands += held.commands
                state.waitsForOthers = state.waitsForOthers || held.waitsForOthers
            // The finalizers are named with their objects; without those, the server's sentence must do.
            case "NamespaceFinalizersRemaining": if state.reasons.isEmpty { state.reasons.append(message) }
            default: state.reasons.append(message)
            }
        }
        return state
    }

    /// The end of all patience: what is left, and what to do.
    func error(_ state: State, after waited: Duration) -> ExecutionError {
        let reasons = state.reasons.isEmpty ? ["the cluster does not say why"] : state.reasons
        let way = state.commands.isEmpty ? "" : ", or remove it with `\(state.commands.joined(separator: "; "))`"
        return ExecutionError(
            "\(call.address): still being deleted after \(waited.components.seconds) s: "
                + reasons.joined(separator: "; "),
            hint: "let the finalizer's controller finish\(way), then run aula again", isResidue: true)
    }

    private func state(ofHeld objects: [LiveObject]) async -> State {
        var state = State()
        for object in objects {
            var holders = object.holders
            let removable = holders.filter { $0.owner == .people }
            if !removable.isEmpty, await remove(removable, from: object) {
                holders.removeAll { $0.owner == .people }
                if holders.isEmpty { continue }
            }
            state.reasons.append(sentence(object, holders))
            // What Kubernetes sets itself must not be taken away by hand.
            guard holders.contains(where: { $0.owner != .kubernetes }) else { continue }
            state.waitsForOthers = true
            state.commands.append(command(object))
        }
        return state
    }

    private func sentence(_ object: LiveObject, _ holders: [Finalizer]) -> String {
        let name = "\(object.kind.name) \(object.name)"
        guard !holders.isEmpty else { return "\(name) is waiting for its dependents" }
        return "\(name) is held by \(holders.map(\.name).joined(separator: ", "))"
    }

    private func command(_ object: LiveObject) -> String {
        let group = object.kind.group
        let resource = group.isEmpty ? object.kind.plural : "\(object.kind.plural).\(group)"
        return ShellWord.line(
            ["kubectl"] + (object.namespace.map { ["--namespace", $0] } ?? [])
                + ["patch", resource, object.name, "--type=merge", "--patch", #"{"metadata":{"finalizers":null}}"#])
    }

    /// Takes away what deployers set; the version goes along, so that what changed meanwhile is looked at again.
    private func remove(_ finalizers: [Finalizer], from object: LiveObject) async -> Bool {
        guard object.isLeaving else { return false }
        let names = finalizers.map(\.name)
        let rest = object.finalizers.filter { !names.contains($0) }
        let patch: JSON = [
            "metadata": [
                "uid": .string(object.uid), "resourceVersion": object.metadata["resourceVersion"] ?? .null,
                "finalizers": .array(rest.map { .string($0) }),
            ]
        ]
        let answer = try? await call.send(
            "PATCH", object.kind.path(namespace: object.namespace, name: object.name),
            query: [("fieldManager", FieldManager.aula)], body: patch, as: .mergePatch)
        guard answer?.status == 200 else { return false }
        progress(
            "took \(names.joined(separator: ", ")) off \(object.kind.name) \(object.name): a deploy token can set it")
        return true
    }

    /// Reads `Some resources are remaining: persistentvolumeclaims. has 1 resource instances, pods. has 2 …`.
    ///
    /// - Returns: what is held, and the server's words for what could not be read.
    private func objects(in namespace: String, _ message: String) async -> ([LiveObject], [String]) {
        var found: [LiveObject] = []
        var sentences: [String] = []
        for part in message.split(separator: ":").last?.split(separator: ",") ?? [] {
            guard let word = part.split(separator: " ").first, let dot = word.firstIndex(of: ".") else { continue }
            let (plural, group) = (String(word[..<dot]), String(word[word.index(after: dot)...]))
            guard let kind = await kind(plural, group),
                let held = try? await call.api.list(
                    ListQuery(kind: kind, namespace: namespace, metadataOnly: true), into: HeldObjects(kind: kind),
                    patience: call.patience
                ).objects
            else {
                sentences.append("\(part.trimmed)")
                continue
            }
            found += held
        }
        return (found, sentences)
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
