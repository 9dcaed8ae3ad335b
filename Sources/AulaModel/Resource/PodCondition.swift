/// How one pod of a workload is doing, as far as somebody who asks "why is it not ready?" has to know.
package struct PodCondition: Hashable, Sendable {
    /// The Deployment, StatefulSet, DaemonSet or Job that it belongs to.
    package var workload: Address
    package var name: String
    /// `Pending`, `Running`, `Succeeded` or `Failed`.
    package var phase: String
    package var isReady: Bool
    /// Why the first container that waits does so, in Kubernetes' own word: `ImagePullBackOff`, `CrashLoopBackOff`.
    package var waiting: String?
    /// What the scheduler or the kubelet says to it.
    package var message: String?
    /// Of the last container that ended.
    package var lastExitCode: Int?
    /// Of all its containers together.
    package var restarts: Int
    /// The image of the container that waits, else of the first one.
    package var image: String?

    package init(
        workload: Address, name: String, phase: String, isReady: Bool, waiting: String? = nil, message: String? = nil,
        lastExitCode: Int? = nil, restarts: Int = 0, image: String? = nil
    ) {
        self.workload = workload
        self.name = name
        self.phase = phase
        self.isReady = isReady
        self.waiting = waiting
        self.message = message
        self.lastExitCode = lastExitCode
        self.restarts = restarts
        self.image = image
    }
}
