import AulaEngine
import AulaModel
import AulaTestSupport

extension Sample {
    /// A run of ``firstApply(groups:)`` in which g3's deployment is refused and what needs it is skipped.
    static func run(groups: Int = 3) -> (plan: Plan, events: [(at: Duration, event: RunEvent)], summary: RunSummary) {
        let plan = firstApply(groups: groups)
        let error = ExecutionError(
            "deployments.apps \"api\" is forbidden: exceeded quota: limits, requested: limits.memory=2Gi, used: 1Gi, limited: 2Gi",
            hint: "lower the memory of api, or raise the quota of g3")
        var events: [(at: Duration, event: RunEvent)] = [(.zero, .began(total: plan.changes.count))]
        var summary = RunSummary()
        var now = Duration.zero
        for change in plan.changes {
            if change.address.text == "kubernetes/Service/memo2-g3-test/api" {
                summary.skipped.append(change)
                events.append((now, .skipped(change, because: Address("kubernetes/Deployment/memo2-g3-test/api"))))
                continue
            }
            events.append((now, .started(change)))
            let isCluster = change.address.is(.azureCluster)
            if isCluster {
                events.append((now + .seconds(5), .progress(change.address, "waiting for the cluster: Creating")))
                events.append((now + .seconds(60), .progress(change.address, "waiting for the cluster: Creating")))
            }
            let elapsed = isCluster ? Duration.seconds(187) : .milliseconds(120)
            now += elapsed
            if change.address.text == "kubernetes/Deployment/memo2-g3-test/api" {
                summary.failed.append(RunSummary.Failure(change: change, error: error))
                events.append((now, .failed(change, error)))
            } else {
                summary.done.append(change)
                events.append((now, .finished(change, elapsed: elapsed)))
            }
        }
        summary.elapsed = now
        events.append((now, .ended(summary)))
        return (plan, events, summary)
    }
}
