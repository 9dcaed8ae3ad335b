import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaTestSupport
import Synchronization

/// A class on Azure: what the planner asks for, and a way to plan and run it.
struct AzureClass {
    var nodes = 2
    var tier = "free"
    var location = "westus"
    var existing: Set<String> = []
    var azure = FakeAzure()
    let progress = Mutexed()

    final class Mutexed: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let group = Address(.azure("resourceGroup"), "memo2")
    let cluster = Address(.azure("cluster"), "memo2/c")

    var site: AzureSite {
        .sample(
            subscription: "0000", cluster: "c", nodes: nodes, tier: tier, location: location, existing: existing)
    }

    var executor: AzureExecutor {
        AzureExecutor(site, tools: azure, patience: AzurePatience(sleep: { _ in }))
    }

    var blueprint: Blueprint {
        Blueprint(
            cohort: .sample(title: "MeMo2", site: .azure(site)),
            resources: [
                Resource(
                    address: group, body: ["location": .string(location), "tags": ["aula-azure": "0000/memo2/c"]],
                    lifecycle: Lifecycle(existing: existing.contains("resourceGroup"))),
                Resource(
                    address: cluster,
                    body: [
                        "location": .string(location), "monitoring": false, "networkDataplane": "cilium",
                        "networkPlugin": "azure", "networkPluginMode": "overlay", "nodeSize": "Standard_B2s",
                        "nodes": .int(nodes), "tier": .string(tier), "version": "1.34",
                    ], dependsOn: [group], container: group,
                    lifecycle: Lifecycle(existing: existing.contains("cluster"))),
            ])
    }

    func observe(_ purpose: Plan.Purpose = .apply) async -> Observation {
        await executor.observe(ObservationRequest(blueprint: blueprint, purpose: purpose))
    }

    func plan(_ purpose: Plan.Purpose = .apply) async -> Plan {
        Planner.plan(blueprint, await observe(purpose), PlanOptions(purpose: purpose))
    }

    @discardableResult
    func run(_ purpose: Plan.Purpose = .apply) async -> (plan: Plan, summary: RunSummary) {
        let observation = await observe(purpose)
        let plan = Planner.plan(blueprint, observation, PlanOptions(purpose: purpose))
        let runner = Runner(
            executors: [executor], retry: RetryPolicy(attempts: 2, sleep: { _ in }),
            events: { [progress] event in if case .progress(_, let text) = event { progress.append(text) } })
        return (plan, await runner.run(plan, observation: observation))
    }
}

extension Plan {
    /// `create azure/cluster/memo2/c`, in their order.
    var lines: [String] { changes.map { "\($0.action) \($0.address)" } }
}
