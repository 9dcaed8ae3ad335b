import AulaModel

/// Why a pod does not run, in words that need no knowledge of Kubernetes.
///
/// Source of the reasons: kubelet's `pkg/kubelet/images/types.go` and `container/sync_result.go`, and the messages of
/// the scheduler's plugins.
struct PodTrouble {
    var text: String
    /// The highest is told: what concerns the image hides what concerns another pod's place.
    var weight: Int

    static func worst(_ pods: [PodCondition]) -> PodTrouble? {
        pods.compactMap(of).max { $0.weight < $1.weight }
    }

    static func of(_ pod: PodCondition) -> PodTrouble? {
        guard !pod.isReady, pod.phase != "Succeeded" else { return nil }
        if let trouble = waiting(pod) { return trouble }
        if pod.phase == "Pending", pod.waiting == nil, let message = pod.message { return unplaced(message) }
        guard pod.phase == "Failed" else { return nil }
        let code = pod.lastExitCode.map { "it ended with exit code \($0)" } ?? pod.message ?? "it ended"
        return PodTrouble(text: "pod failed: \(code)", weight: 5)
    }

    private static func waiting(_ pod: PodCondition) -> PodTrouble? {
        let image = pod.image ?? "its image"
        switch pod.waiting {
        case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable":
            return PodTrouble(text: "image cannot be pulled: \(image)", weight: 9)
        case "InvalidImageName": return PodTrouble(text: "image name is not valid: \(image)", weight: 9)
        case "ErrImageNeverPull":
            return PodTrouble(text: "image is not on the node and must not be pulled: \(image)", weight: 9)
        case "CrashLoopBackOff":
            let code = pod.lastExitCode.map { ", last exit code \($0)" } ?? ""
            let times = pod.restarts > 0 ? ", \(pod.restarts) restart\(pod.restarts == 1 ? "" : "s")" : ""
            return PodTrouble(text: "crash loop\(code)\(times)", weight: 8)
        case "CreateContainerConfigError", "CreateContainerError", "RunContainerError":
            return PodTrouble(text: "container cannot start: \(pod.message ?? "no reason given")", weight: 7)
        default: return nil
        }
    }

    /// What the scheduler said, such as `0/2 nodes are available: 2 Insufficient cpu. preemption: …`.
    private static func unplaced(_ message: String) -> PodTrouble {
        let sentence = message.split(separator: ". preemption").first.map(String.init) ?? message
        let wants = [
            ("Insufficient cpu", "CPU"), ("Insufficient memory", "memory"), ("Too many pods", "room for pods"),
        ]
        let lacking = wants.filter { sentence.contains($0.0) }.map(\.1)
        if !lacking.isEmpty {
            return PodTrouble(
                text: "not enough \(lacking.joined(separator: " and ")) on the nodes: \(sentence)", weight: 6)
        }
        if sentence.contains("PersistentVolumeClaim") || sentence.contains("persistentvolumeclaim") {
            return PodTrouble(text: "claim pending: \(sentence)", weight: 6)
        }
        if sentence.contains("max volume count") {
            return PodTrouble(text: "no node can attach another disk: \(sentence)", weight: 6)
        }
        return PodTrouble(text: "no node takes it: \(sentence)", weight: 6)
    }

    /// Why a controller could not make a pod at all.
    static func refused(_ message: String) -> String {
        if let range = message.firstRange(of: "exceeded quota") {
            return "quota exceeded: " + message[range.upperBound...].drop { $0 == ":" || $0 == " " }
        }
        return message.isEmpty ? "its pods cannot be made" : "its pods cannot be made: \(message)"
    }

    /// What a pod without trouble is waiting for.
    static func patience(_ pod: PodCondition) -> String? {
        guard !pod.isReady, of(pod) == nil else { return nil }
        switch (pod.phase, pod.waiting) {
        case ("Pending", "ContainerCreating"), ("Pending", "PodInitializing"): return "its container is being made"
        case ("Pending", _): return "waits for a node"
        case ("Running", _): return "runs, but is not ready yet"
        default: return nil
        }
    }
}
