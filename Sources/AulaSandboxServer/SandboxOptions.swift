package import AulaSandbox
package import Foundation

/// What a sandbox is started with.
package struct SandboxOptions: Sendable {
    /// The folder for `env.sh`, `requests.jsonl` and the state; made where it is missing, for its owner only.
    package var state: URL
    package var faults = FaultScript()
    /// Ports on loopback; 0 takes the one of the last run where it is free, or else any free one.
    package var azurePort = 0
    package var kubernetesPort = 0
    package var gitlabPort = 0
    /// Whether it ends when standard input closes.
    package var untilStdinCloses = false
    /// Whether pipelines' jobs run on this machine.
    package var runsJobs = false

    package init(state: URL) {
        self.state = state
    }

    func port(of system: SandboxSystem) -> Int {
        switch system {
        case .azure: azurePort
        case .kubernetes: kubernetesPort
        case .gitlab: gitlabPort
        }
    }
}
