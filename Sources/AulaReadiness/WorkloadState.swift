import AulaModel

/// What the controllers and the pods of a workload say, put together.
///
/// The rules for a finished rollout are those of `kubectl rollout status`: the controller has seen the newest
/// generation, every replica is of it, and every one is available.
struct WorkloadState {
    let kind: String
    let object: JSON
    let pods: [PodCondition]
    let refusal: String?

    var readiness: Readiness {
        kind == "Job" ? job : isSeen && isRolledOut ? .ready(note: wanted == 0 ? "scaled to 0" : nil) : unready
    }

    private var status: JSON { object["status"] ?? [:] }
    private var wanted: Int {
        kind == "DaemonSet"
            ? status["desiredNumberScheduled"]?.int ?? 0 : object[["spec", "replicas"]]?.int ?? 1
    }
    private var ready: Int {
        switch kind {
        case "DaemonSet": status["numberAvailable"]?.int ?? status["numberReady"]?.int ?? 0
        case "StatefulSet": status["readyReplicas"]?.int ?? 0
        default: status["availableReplicas"]?.int ?? 0
        }
    }

    private var isSeen: Bool {
        guard let seen = status["observedGeneration"]?.int else { return false }
        return seen >= object[["metadata", "generation"]]?.int ?? 0
    }

    private var isRolledOut: Bool {
        guard ready >= wanted else { return false }
        switch kind {
        case "Deployment":
            return status["updatedReplicas"]?.int ?? 0 >= wanted && status["replicas"]?.int ?? 0 <= max(wanted, 0)
        case "StatefulSet":
            if object[["spec", "updateStrategy", "type"]] == "OnDelete" { return true }
            // A partition keeps some pods old on purpose.
            let kept = object[["spec", "updateStrategy", "rollingUpdate", "partition"]]?.int ?? 0
            return kept > 0 || wanted == 0 || status["updateRevision"] == status["currentRevision"]
                || status["updatedReplicas"]?.int ?? 0 >= wanted
        default:
            return object[["spec", "updateStrategy", "type"]] == "OnDelete"
                || status["updatedNumberScheduled"]?.int ?? 0 >= wanted
        }
    }

    private var unready: Readiness {
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

    private var count: String { wanted > 1 ? " (\(ready) of \(wanted) ready)" : "" }

    private var job: Readiness {
        if condition("Complete", is: "True") != nil { return .ready(note: "done") }
        if let message = condition("Failed", is: "True") {
            let code = pods.lazy.compactMap(\.lastExitCode).first { $0 != 0 }
            return .failing("the job failed: \(message)\(code.map { ", last exit code \($0)" } ?? "")")
        }
        if object[["spec", "suspend"]] == true { return .ready(note: "suspended") }
        if let trouble = PodTrouble.worst(pods) { return .failing(trouble.text) }
        if status["active"]?.int ?? 0 == 0, let refusal { return .failing(PodTrouble.refused(refusal)) }
        return .progressing(pods.lazy.compactMap(PodTrouble.patience).first ?? "the job is running")
    }

    /// The message of a condition that is in the given state; empty where it has none.
    private func condition(_ type: String, is state: JSON) -> String? {
        let found = status["conditions"]?.array?.first { $0["type"] == .string(type) && $0["status"] == state }
        return found.map { $0["message"]?.string ?? "" }
    }
}
