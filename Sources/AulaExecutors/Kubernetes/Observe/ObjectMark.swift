import AulaModel

/// The labels and the annotation that carry a mark on Kubernetes objects.
enum ObjectMark {
    static let manager = "app.kubernetes.io/managed-by"
    static let id = "aula.dev/id"
    static let cohort = "aula.dev/cohort"
    static let group = "aula.dev/group"
    static let environment = "aula.dev/environment"
    static let component = "aula.dev/component"
    /// An annotation, written only where the origin is not `created`.
    static let origin = "aula.dev/origin"

    static let labels = [manager, id, cohort, group, environment, component]

    /// Selects what one edition of a cohort made.
    static func selector(_ mark: Mark) -> String { "\(id)=\(mark.id)" }

    static func mark(in metadata: JSON) -> Mark? {
        guard let id = metadata["labels"]?[id]?.string, let cohort = metadata["labels"]?[cohort]?.string else {
            return nil
        }
        let origin = metadata["annotations"]?[origin]?.string.flatMap(Mark.Origin.init(rawValue:))
        return Mark(cohort: cohort, id: id, origin: origin ?? .created)
    }

    static func slot(in metadata: JSON) -> Slot {
        let labels = metadata["labels"]
        return Slot(
            group: labels?[group]?.string, environment: labels?[environment]?.string,
            component: labels?[component]?.string)
    }

    /// The labels of a mark and a slot.
    static func labels(_ mark: Mark, _ slot: Slot) -> [(String, JSON)] {
        let place = [(group, slot.group), (environment, slot.environment), (component, slot.component)]
        return [(manager, "aula"), (id, .string(mark.id)), (cohort, .string(mark.cohort))]
            + place.compactMap { label, value in value.map { (label, .string($0)) } }
    }

    /// Writes a mark into a manifest.
    static func write(_ mark: Mark, _ slot: Slot, into body: inout JSON) {
        for (label, value) in labels(mark, slot) { body[["metadata", "labels", label]] = value }
        if mark.origin != .created {
            body[["metadata", "annotations", origin]] = .string(mark.origin.rawValue)
        }
    }

    /// A merge patch that takes the mark off; whether it is still the same object is the server's to check.
    static func removal(uid: String) -> JSON {
        let nothing = labels.map { ($0, JSON.null) }
        return [
            "metadata": [
                "uid": .string(uid), "labels": .object(JSONObject(nothing)),
                "annotations": .object([(origin, .null), (Resource.fingerprintAnnotation, .null)]),
            ]
        ]
    }
}

extension JSON {
    fileprivate static func object(_ members: [(String, JSON)]) -> JSON { .object(JSONObject(members)) }
}
