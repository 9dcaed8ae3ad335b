package import AulaModel

/// Whether a live thing does its work yet.
package enum Readiness: Hashable, Sendable {
    /// It does; the note says what a reader would not expect.
    case ready(note: String? = nil)
    /// Not yet, and nothing says that it will not.
    case progressing(String)
    /// It will not without somebody doing something: why, in plain words.
    case failing(String)

    package var isReady: Bool { if case .ready = self { true } else { false } }

    /// What it says beside its kind.
    package var text: String? {
        switch self {
        case .ready(let note): note
        case .progressing(let text), .failing(let text): text
        }
    }
}

extension Readiness {
    /// The state of one live object, from its own report and from what is known of its pods: pure.
    ///
    /// The resource, where there is one, tells a placeholder from a delivered image; the refusal is what the
    /// workload's controller said when it could not make a pod. Kinds that do no work of their own, such as a
    /// ConfigMap, have no state: nil.
    package static func of(
        _ resource: Resource?, kind: String, _ observed: Observed, pods: [PodCondition] = [], refusal: String? = nil
    ) -> Readiness? {
        let object = observed.attributes
        guard KubernetesKind[kind]?.doesWork(object) == true, let function = ReadinessByKind.functions[kind] else {
            return nil
        }
        let state = function(LiveReport(object: object, pods: pods, refusal: refusal))
        guard let resource, Placeholder.runs(resource, in: object) else { return state }
        return state.withPlaceholder
    }

    private var withPlaceholder: Readiness {
        switch self {
        case .ready: .ready(note: "runs aula's placeholder: no pipeline has delivered an image yet")
        case .progressing(let text): .progressing("placeholder: \(text)")
        case .failing(let text): .failing("placeholder: \(text)")
        }
    }
}

/// Whether a workload still runs what aula put there until its pipeline delivers.
package enum Placeholder {
    package static func runs(_ resource: Resource, in live: JSON) -> Bool {
        let first = containers(resource.lifecycle.initial).filter { $0["image"] != nil }
        guard !first.isEmpty else { return false }
        let now = containers(live)
        return first.allSatisfy { container in
            now.contains { $0["name"] == container["name"] && $0["image"] == container["image"] }
        }
    }

    private static func containers(_ object: JSON?) -> [JSON] {
        object?[["spec", "template", "spec", "containers"]]?.array ?? []
    }
}
