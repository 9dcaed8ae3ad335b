import AulaModel
import AulaPlanner

/// Small worlds for the planner's tests.
enum Sample {
    static let mark = Mark(cohort: "memo2", id: "m2k7q9xd")

    static func cohort(groups: Int = 1) -> Cohort {
        Cohort(
            name: "memo2", id: "m2k7q9xd", title: "MeMo2", term: nil, budget: nil,
            groups: (1...groups).map { Group(name: "g\($0)", key: "g\($0)", path: "g\($0)") },
            environments: [Environment(name: "test")], components: [], site: .context(nil), gitlab: nil)
    }

    static func object(
        _ kind: String, _ namespace: String?, _ name: String, body: JSON = [:], late: [LateField] = [],
        dependsOn: [Address] = [], lifecycle: Lifecycle = Lifecycle(), group: String? = "g1"
    ) -> Resource {
        var body = body
        body["kind"] = .string(kind)
        body["metadata"] = ["name": .string(name)]
        return Resource(
            address: .kubernetes(kind, namespace, name), slot: Slot(group: group), body: body, late: late,
            dependsOn: dependsOn, container: namespace.map { .kubernetes("Namespace", nil, $0) },
            lifecycle: lifecycle)
    }

    static func blueprint(_ resources: [Resource]) -> Blueprint { Blueprint(cohort: cohort(), resources: resources) }

    /// The world in which everything is as the blueprint says.
    static func observation(of resources: [Resource], outputs: [Address: [String: String]] = [:]) -> Observation {
        var observation = Observation()
        for resource in resources {
            observation.present[resource.address] = Observed(
                identity: "uid-\(resource.address)", attributes: resource.body, mark: mark,
                slot: resource.slot, outputs: outputs[resource.address] ?? [:],
                container: resource.container, holdsData: resource.lifecycle.holdsData,
                ending: resource.lifecycle.ending)
        }
        return observation
    }
}

extension Plan {
    /// Signs and addresses, which is what most tests look at.
    var lines: [String] { changes.map { "\($0.action.sign) \($0.address)" } }
}
