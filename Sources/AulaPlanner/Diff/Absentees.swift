import AulaModel

/// The few things that are missing from namespaces where all the rest is: most likely somebody deleted them.
///
/// No file records what there was, so this says no more than what is seen. Where much is missing, a run ended
/// early; where all of a component is missing, or all that one group has in a shared server's namespace, the file asks
/// for it since the last run.
struct Absentees {
    /// More than this is no accident.
    private static let few = 3

    private struct Part: Hashable {
        var namespace: Address
        var component: String?
        var group: String?
    }

    private var missing: [Address: Int] = [:]
    private var inhabited: Set<Part> = []

    init(_ blueprint: Blueprint, _ observation: Observation) {
        for resource in blueprint.resources {
            guard let namespace = resource.container, namespace.is(.namespace) else { continue }
            if observation.present[resource.address] == nil {
                missing[namespace, default: 0] += 1
            } else {
                inhabited.insert(part(of: resource, in: namespace))
            }
        }
    }

    func reason(for resource: Resource) -> String? {
        guard let namespace = resource.container, missing[namespace] ?? 0 <= Self.few,
            inhabited.contains(part(of: resource, in: namespace))
        else { return nil }
        return "missing, though the rest of \(resource.slot.component ?? "its namespace") is there"
    }

    private func part(of resource: Resource, in namespace: Address) -> Part {
        Part(namespace: namespace, component: resource.slot.component, group: resource.slot.group)
    }
}
