import AulaModel

/// What a live object, its controller and its pods say, put together.
struct LiveReport {
    let object: JSON
    let pods: [PodCondition]
    /// What its controller said when it could not make a pod.
    let refusal: String?

    var status: JSON { object["status"] ?? [:] }

    func count(_ field: String) -> Int { status[field]?.int ?? 0 }

    /// The message of a condition that is in the given state; empty where it has none.
    func condition(_ type: String, is state: JSON) -> String? {
        let found = status["conditions"]?.array?.first { $0["type"] == .string(type) && $0["status"] == state }
        return found.map { $0["message"]?.string ?? "" }
    }

    /// The readiness of a workload that rolls out.
    ///
    /// The rules for a finished rollout are those of `kubectl rollout status`: the controller has seen the newest
    /// generation, every replica is of it, and every one is available.
    func rollout(ready: Int, of wanted: Int, isRolledOut: Bool) -> Readiness {
        guard isSeen, ready >= wanted, isRolledOut else { return unready(ready, wanted) }
        return .ready(note: wanted == 0 ? "scaled to 0" : nil)
    }

    private var isSeen: Bool {
        guard let seen = status["observedGeneration"]?.int else { return false }
        return seen >= object[["metadata", "generation"]]?.int ?? 0
    }

    private func unready(_ ready: Int, _ wanted: Int) -> Readiness {
        let count = wanted > 1 ? " (\(ready) of \(wanted) ready)" : ""
        if let trouble = PodTrouble.worst(pods) { return .failing(trouble.text + count) }
        if isSeen, let failure = condition("ReplicaFailure", is: "True") ?? refusal {
            return .failing(PodTrouble.refused(failure) + count)
        }
        if let text = condition("Progressing", is: "False") {
            return .failing("its rollout made no progress in time: \(text)")
        }
        if let waiting = pods.lazy.compactMap(PodTrouble.patience).first { return .progressing(waiting + count) }
        return .progressing("\(ready) of \(wanted) ready")
    }
}
