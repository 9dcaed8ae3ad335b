import AulaModel
import Foundation

extension ClusterState {
    private func chosen(by budget: JSON) -> [JSON] {
        guard let selector = LabelSelector(spec: budget[["spec", "selector"]]) else { return [] }
        return objects("pods", in: budget.namespace).filter { pod in
            let phase = pod[["status", "phase"]]?.string
            return selector.matches(pod.labels) && phase != "Succeeded" && phase != "Failed"
        }
    }

    /// Counts the pods that a disruption budget guards, and how many of them may go.
    mutating func reconcileBudget(_ budget: JSON, _ key: ObjectKey) {
        let pods = chosen(by: budget)
        let healthy = pods.filter(Self.isReady).count
        func number(_ name: String) -> Int? {
            let value = budget[["spec", name]]
            let share = value?.string.flatMap { Double($0.dropLast()) }.map { $0 * Double(pods.count) / 100 }
            return value?.int ?? share.map { Int($0.rounded(.up)) }
        }
        let desired = number("minAvailable") ?? max(0, pods.count - (number("maxUnavailable") ?? 0))
        let allowed = max(0, healthy - desired)
        var conditions = budget.items("status", "conditions")
        setCondition(
            &conditions, "DisruptionAllowed", allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "")
        control(key, subresource: "status") {
            $0["status"] = [
                "currentHealthy": .int(healthy), "desiredHealthy": .int(desired), "expectedPods": .int(pods.count),
                "disruptionsAllowed": .int(allowed), "conditions": .array(conditions),
                "observedGeneration": budget[["metadata", "generation"]] ?? 1,
            ]
        }
    }

    /// - Throws: 429 for a pod whose budget has no room for an eviction.
    func checkDisruption(of pod: JSON) throws(APIStatus) {
        guard Self.isReady(pod) else { return }
        for budget in objects("poddisruptionbudgets.policy", in: pod.namespace)
        where LabelSelector(spec: budget[["spec", "selector"]])?.matches(pod.labels) ?? false {
            guard budget[["status", "disruptionsAllowed"]]?.int ?? 0 <= 0 else { continue }
            let desired = budget[["status", "desiredHealthy"]]?.int ?? 0
            throw APIStatus(
                code: 429, reason: "TooManyRequests",
                message: "Cannot evict pod as it would violate the pod's disruption budget.",
                details: [
                    "causes": [
                        [
                            "reason": "DisruptionBudget",
                            "message": .string(
                                "The disruption budget \(budget.name) needs \(desired) healthy pods and has "
                                    + "\(budget[["status", "currentHealthy"]]?.int ?? 0) currently"),
                        ]
                    ]
                ])
        }
    }
}
