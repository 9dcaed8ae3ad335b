import AulaModel

/// How each kind that does work says how it goes: one function for each of those in the table of kinds.
enum ReadinessByKind {
    static let functions: [String: @Sendable (LiveReport) -> Readiness] = [
        "DaemonSet": daemonSet, "Deployment": deployment, "Job": job, "PersistentVolumeClaim": claim,
        "Service": service,
        "StatefulSet": statefulSet,
    ]

    @Sendable private static func deployment(_ report: LiveReport) -> Readiness {
        let wanted = report.object[["spec", "replicas"]]?.int ?? 1
        return report.rollout(
            ready: report.count("availableReplicas"), of: wanted,
            isRolledOut: report.count("updatedReplicas") >= wanted && report.count("replicas") <= max(wanted, 0))
    }

    @Sendable private static func daemonSet(_ report: LiveReport) -> Readiness {
        let wanted = report.count("desiredNumberScheduled")
        return report.rollout(
            ready: report.status["numberAvailable"]?.int ?? report.count("numberReady"), of: wanted,
            isRolledOut: report.object[["spec", "updateStrategy", "type"]] == "OnDelete"
                || report.count("updatedNumberScheduled") >= wanted)
    }

    @Sendable private static func statefulSet(_ report: LiveReport) -> Readiness {
        let (wanted, update) = (
            report.object[["spec", "replicas"]]?.int ?? 1, report.object[["spec", "updateStrategy"]]
        )
        // A partition keeps some pods old on purpose.
        let kept = update?[["rollingUpdate", "partition"]]?.int ?? 0
        return report.rollout(
            ready: report.count("readyReplicas"), of: wanted,
            isRolledOut: update?["type"] == "OnDelete" || kept > 0 || wanted == 0
                || report.status["updateRevision"] == report.status["currentRevision"]
                || report.count("updatedReplicas") >= wanted)
    }

    @Sendable private static func job(_ report: LiveReport) -> Readiness {
        if report.condition("Complete", is: "True") != nil { return .ready(note: "done") }
        if let message = report.condition("Failed", is: "True") {
            let code = report.pods.lazy.compactMap(\.lastExitCode).first { $0 != 0 }
            return .failing("the job failed: \(message)\(code.map { ", last exit code \($0)" } ?? "")")
        }
        if report.object[["spec", "suspend"]] == true { return .ready(note: "suspended") }
        if let trouble = PodTrouble.worst(report.pods) { return .failing(trouble.text) }
        if report.count("active") == 0, let refusal = report.refusal { return .failing(PodTrouble.refused(refusal)) }
        return .progressing(report.pods.lazy.compactMap(PodTrouble.patience).first ?? "the job is running")
    }

    @Sendable private static func claim(_ report: LiveReport) -> Readiness {
        switch report.status["phase"]?.string {
        case "Bound": return .ready()
        case "Lost": return .failing("the volume behind the claim is lost")
        default:
            let storage = report.object[["spec", "storageClassName"]]?.string
            return .progressing("claim pending: no volume yet\(storage.map { " of storage class \($0)" } ?? "")")
        }
    }

    /// Only a load balancer takes its time; every other Service is there when it is made.
    @Sendable private static func service(_ report: LiveReport) -> Readiness {
        guard let entry = report.status[["loadBalancer", "ingress"]]?[0] else {
            return .progressing("waits for a public address")
        }
        return .ready(note: (entry["ip"]?.string ?? entry["hostname"]?.string).map { "public address \($0)" })
    }
}
