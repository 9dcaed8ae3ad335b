import AulaModel
import AulaPlanner
import AulaTestSupport

/// Small worlds for the planner's tests.
enum Sample {
    static let mark = Mark.sample

    static func cohort(groups: Int = 1) -> Cohort {
        .sample(title: "MeMo2", groups: Group.samples(groups), environments: ["test"])
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
            dependsOn: dependsOn, container: namespace.map { .namespace($0) },
            lifecycle: lifecycle)
    }

    static func blueprint(_ resources: [Resource]) -> Blueprint { Blueprint(cohort: cohort(), resources: resources) }

    /// The world in which everything is as the blueprint says.
    static func observation(of resources: [Resource], outputs: [Address: [String: Output]] = [:]) -> Observation {
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
