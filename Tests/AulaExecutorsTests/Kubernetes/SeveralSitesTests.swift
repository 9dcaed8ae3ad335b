import AulaEngine
import AulaModel
import AulaPlanner
import AulaTestSupport
import Foundation
import Testing

@testable import AulaExecutors

/// A second context is a second cluster: planner, engine and executor do for two what they do for one.
@Suite struct SeveralSitesTests {
    private let clusters = ["east": SandboxCluster(), "west": SandboxCluster()]

    private var executors: [any Executor] {
        clusters.sorted { $0.key < $1.key }.map { name, cluster in
            SiteExecutor(
                Memo2.executor(cluster, site: .context(name), patience: cluster.patience), at: name)
        }
    }

    private static func resources(_ site: String) -> [Resource] {
        [
            Memo2.resource("Namespace", nil, "memo2-aula"), Memo2.resource("Namespace", nil, "memo2-g1-test"),
            Memo2.resource("ConfigMap", "memo2-g1-test", "app", ["data": ["SITE": .string(site)]]),
        ].map { resource in
            var resource = resource
            resource.address = resource.address.at(site)
            resource.container = resource.container?.at(site)
            return resource
        }
    }

    private func observe(_ executors: [any Executor], _ blueprint: Blueprint) async -> Observation {
        await Observer(executors).observe(ObservationRequest(blueprint: blueprint))
    }

    @Test func `a class on two clusters is made, found unchanged, mended in one, and taken down`() async throws {
        let executors = executors
        let blueprint = Memo2.blueprint(Self.resources("east") + Self.resources("west"))
        var observation = await observe(executors, blueprint)
        let first = Planner.plan(blueprint, observation, PlanOptions())
        #expect(first.changes.count == 6)
        let summary = await Runner(executors: executors).run(first, observation: observation)
        #expect(summary.succeeded, "\(summary.failed)")
        for (name, cluster) in clusters {
            let live = try JSON(
                parsing: await cluster.someone("GET", "/api/v1/namespaces/memo2-g1-test/configmaps/app").body)
            #expect(live[["data", "SITE"]]?.string == name)
        }
        observation = await observe(executors, blueprint)
        #expect(Planner.plan(blueprint, observation, PlanOptions()).changes.isEmpty)

        await clusters["west"]?.someone("DELETE", "/api/v1/namespaces/memo2-g1-test/configmaps/app")
        observation = await observe(executors, blueprint)
        let mending = Planner.plan(blueprint, observation, PlanOptions())
        #expect(mending.changes.map(\.address.text) == ["kubernetes@west/ConfigMap/memo2-g1-test/app"])
        #expect(await Runner(executors: executors).run(mending, observation: observation).succeeded)

        observation = await observe(executors, blueprint)
        let ending = Planner.plan(blueprint, observation, PlanOptions(purpose: .destroy))
        #expect(Set(ending.changes.map(\.address.site)) == ["east", "west"])
        #expect(await Runner(executors: executors).run(ending, observation: observation).succeeded)
        observation = await observe(executors, blueprint)
        #expect(observation.present.isEmpty)
    }

    @Test func `a cluster that cannot be read is a gap over its own site alone`() async throws {
        let silent = SiteExecutor(
            Memo2.executor(
                clusters["east"] ?? SandboxCluster(),
                tools: ScriptedKubectl(.init(proxyFails: .endedEarly(.kubectl, "no such context")))), at: "east")
        let blueprint = Memo2.blueprint(Self.resources("east") + Self.resources("west"))
        let plan = Planner.plan(blueprint, await observe([silent, executors[1]], blueprint), PlanOptions())
        #expect(Set(plan.changes.map(\.address.site)) == ["west"])
        #expect(!plan.blocked.isEmpty && plan.blocked.allSatisfy { "\($0.part)".hasPrefix("kubernetes@east/") })
    }

    @Test func `each site has a lock of its own`() async throws {
        let executors = executors
        let blueprint = Memo2.blueprint(Self.resources("east") + Self.resources("west"))
        let observation = await observe(executors, blueprint)
        _ = await Runner(executors: executors).run(
            Planner.plan(blueprint, observation, PlanOptions()), observation: observation)
        let holder = LockHolder(name: "ada", now: { .distantPast })
        let locks = executors.compactMap { $0.lock(of: Memo2.mark) }
        #expect(locks.map(\.home.site) == ["east", "west"])
        for lock in locks {
            guard case .taken = try await lock.acquire(as: holder) else {
                Issue.record("the lock of \(lock.home) is free")
                continue
            }
        }
        for cluster in clusters.values {
            let path = "/apis/coordination.k8s.io/v1/namespaces/memo2-aula/leases/aula"
            #expect(await cluster.someone("GET", path).status == 200)
        }
    }
}
