import AulaModel
import Foundation

extension ClusterState {
    /// Runs a job's pods until enough of them succeed or too many fail.
    mutating func reconcileJob(_ job: JSON, _ key: ObjectKey) {
        guard !job.isBeingDeleted else { return }
        let isOver = job.items("status", "conditions").contains {
            ($0["type"] == "Complete" || $0["type"] == "Failed") && $0["status"] == "True"
        }
        if isOver { return expire(job, key) }
        let all = objects("pods", in: key.namespace).filter { $0.controllerUID == job.uid }
        let succeeded = all.filter { $0[["status", "phase"]] == "Succeeded" }.count
        let failed = all.filter { $0[["status", "phase"]] == "Failed" }.count
        let active = pods(of: job).count
        let completions = job[["spec", "completions"]]?.int ?? 1
        let isFailed = failed > job[["spec", "backoffLimit"]]?.int ?? 6
        if succeeded < completions, !isFailed, job[["spec", "suspend"]] != true {
            let room = min(job[["spec", "parallelism"]]?.int ?? 1, completions - succeeded)
            for _ in active..<max(active, room) {
                guard let refusal = make(pod(from: job), "pods", in: key.namespace) else { continue }
                report(job, "Warning", "FailedCreate", "Error creating: \(refusal.message)", from: "job-controller")
                enqueue(key, after: 1)
                break
            }
        }
        var status = job["status"] ?? [:]
        status.setDefault(["startTime"], .string(timestamp))
        status["active"] = .int(pods(of: job).count)
        status["succeeded"] = .int(succeeded)
        status["failed"] = .int(failed)
        status["ready"] = .int(pods(of: job).filter(Self.isReady).count)
        status["terminating"] = 0
        status["uncountedTerminatedPods"] = [:]
        var conditions = status.items("conditions")
        if succeeded >= completions {
            setCondition(
                &conditions, "SuccessCriteriaMet", true, "CompletionsReached",
                "Reached expected number of succeeded pods")
            setCondition(
                &conditions, "Complete", true, "CompletionsReached", "Reached expected number of succeeded pods")
            status["completionTime"] = .string(timestamp)
        } else if isFailed {
            let message = "Job has reached the specified backoff limit"
            setCondition(&conditions, "FailureTarget", true, "BackoffLimitExceeded", message)
            setCondition(&conditions, "Failed", true, "BackoffLimitExceeded", message)
        }
        status["conditions"] = .array(conditions)
        writeStatus(status, job, key)
    }

    private mutating func expire(_ job: JSON, _ key: ObjectKey) {
        guard let seconds = job[["spec", "ttlSecondsAfterFinished"]]?.int,
            hasWaited(TimeInterval(seconds), "expiry", job, key)
        else { return }
        discard(job, key)
    }

    /// Keeps one pod on each node.
    mutating func reconcileDaemonSet(_ set: JSON, _ key: ObjectKey) {
        guard !set.isBeingDeleted else { return }
        let hash = Fingerprint.of(set[["spec", "template"]] ?? [:])
        let nodes = objects("nodes").map(\.name)
        let live = pods(of: set)
        for pod in live
        where pod.labels?["controller-revision-hash"]?.string != hash
            || !nodes.contains(pod[["spec", "nodeName"]]?.string ?? "")
        {
            discard(pod, ObjectKey(kind: "pods", namespace: key.namespace, name: pod.name))
        }
        for node in nodes where !live.contains(where: { $0[["spec", "nodeName"]]?.string == node }) {
            var pod = pod(from: set, labels: ["controller-revision-hash": hash])
            pod[["spec", "nodeName"]] = .string(node)
            if make(pod, "pods", in: key.namespace) != nil { enqueue(key, after: 1) }
        }
        let now = pods(of: set)
        let ready = now.filter(Self.isReady).count
        let status: JSON = [
            "desiredNumberScheduled": .int(nodes.count), "currentNumberScheduled": .int(now.count),
            "numberReady": .int(ready), "numberAvailable": .int(ready), "numberMisscheduled": 0,
            "numberUnavailable": .int(nodes.count - ready),
            "updatedNumberScheduled": .int(now.filter { $0.labels?["controller-revision-hash"]?.string == hash }.count),
            "observedGeneration": set[["metadata", "generation"]] ?? 1,
        ]
        writeStatus(status, set, key)
    }
}
