import AulaModel

/// The columns of pods and of what makes them.
extension [TableColumn] {
    private static var podTemplate: [TableColumn] {
        [
            column("Containers", priority: 1) { object in
                joined(object.items("spec", "template", "spec", "containers").compactMap { $0["name"]?.string })
            },
            column("Images", priority: 1) { object in
                joined(object.items("spec", "template", "spec", "containers").compactMap { $0["image"]?.string })
            },
            column("Selector", priority: 1) { selector($0[["spec", "selector", "matchLabels"]]) },
        ]
    }

    static let deployment =
        [
            column("Ready") { object in
                "\(object[["status", "readyReplicas"]]?.int ?? 0)/\(object[["spec", "replicas"]]?.int ?? 0)"
            },
            number("Up-to-date", ["status", "updatedReplicas"]), number("Available", ["status", "availableReplicas"]),
        ] + podTemplate
    static let replicaSet =
        [
            number("Desired", ["spec", "replicas"]), number("Current", ["status", "replicas"]),
            number("Ready", ["status", "readyReplicas"]),
        ] + podTemplate
    static let statefulSetColumns =
        [
            column("Ready") { object in
                "\(object[["status", "readyReplicas"]]?.int ?? 0)/\(object[["spec", "replicas"]]?.int ?? 0)"
            }
        ] + podTemplate.filter { $0.name != "Selector" }
    static let daemonSet =
        [
            number("Desired", ["status", "desiredNumberScheduled"]),
            number("Current", ["status", "currentNumberScheduled"]), number("Ready", ["status", "numberReady"]),
            number("Up-to-date", ["status", "updatedNumberScheduled"]),
            number("Available", ["status", "numberAvailable"]),
            column("Node Selector") { selector($0[["spec", "template", "spec", "nodeSelector"]]) },
        ] + podTemplate
    static let pod = [
        column("Ready") { object in
            let statuses = object.items("status", "containerStatuses")
            return "\(statuses.filter { $0["ready"] == true }.count)/\(object.items("spec", "containers").count)"
        },
        column("Status", podStatus),
        column("Restarts") { object in
            String(object.items("status", "containerStatuses").reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) })
        },
        text("IP", ["status", "podIP"], priority: 1, empty: "<none>"),
        text("Node", ["spec", "nodeName"], priority: 1, empty: "<none>"),
        text("Nominated Node", ["status", "nominatedNodeName"], priority: 1, empty: "<none>"),
        column("Readiness Gates", priority: 1) { _ in "<none>" },
    ]

    /// As kubectl's users know it: the waiting or terminated container's reason before the phase.
    @Sendable private static func podStatus(_ object: JSON) -> String {
        if object.isBeingDeleted { return "Terminating" }
        for status in object.items("status", "containerStatuses") {
            if let reason = status[["state", "waiting", "reason"]]?.string { return reason }
            if let reason = status[["state", "terminated", "reason"]]?.string { return reason }
        }
        return object[["status", "reason"]]?.string ?? object[["status", "phase"]]?.string ?? ""
    }

    static let jobColumns =
        [
            column("Status") { object in
                let held = object.items("status", "conditions").filter { $0["status"] == "True" }.compactMap {
                    $0["type"]?.string
                }
                return ["Complete", "Failed"].first(where: held.contains) ?? "Running"
            },
            column("Completions") { object in
                "\(object[["status", "succeeded"]]?.int ?? 0)/\(object[["spec", "completions"]]?.int ?? 1)"
            },
            column("Duration") { object in
                guard let start = KubernetesTime.date(object[["status", "startTime"]]?.string),
                    let end = KubernetesTime.date(object[["status", "completionTime"]]?.string)
                else { return "" }
                return KubernetesTime.age(start, end)
            },
        ] + podTemplate
    static let cronJob =
        [
            text("Schedule", ["spec", "schedule"]), text("Timezone", ["spec", "timeZone"], empty: "<none>"),
            TableColumn(name: "Suspend", type: "boolean") { $0[["spec", "suspend"]] ?? false },
            TableColumn(name: "Active", type: "integer") { .int($0.items("status", "active").count) },
            column("Last Schedule") { _ in "<none>" },
        ] + podTemplate
}
