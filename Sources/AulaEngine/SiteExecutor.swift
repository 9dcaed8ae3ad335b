package import AulaModel

/// An executor for one of several sites of its system.
///
/// Inside, it knows of no other site and writes addresses as if there were none; outside, each bears the site's name:
/// `kubernetes@west/Role/…`.
package struct SiteExecutor: Executor {
    package let site: String?
    private let inner: any Executor

    package init(_ inner: any Executor, at site: String) {
        self.inner = inner
        self.site = site
    }

    package var system: System { inner.system }

    package func observe(_ request: ObservationRequest) async -> Observation {
        var request = request
        let blueprint = request.blueprint
        request.blueprint = Blueprint(
            cohort: blueprint.cohort,
            resources: blueprint.resources.filter { $0.address.system != system || isOurs($0.address) }.map(inside),
            given: Dictionary(uniqueKeysWithValues: blueprint.given.map { (inside($0.key), $0.value) }))
        return outside(await inner.observe(request))
    }

    package func perform(_ step: Step) async throws -> StepResult {
        var step = step
        step.change = inside(step.change)
        return try await inner.perform(step)
    }

    package func preflight(_ plan: Plan) async -> [Diagnostic] {
        var plan = plan
        plan.changes = plan.changes.filter { isOurs($0.address) }.map(inside)
        return await inner.preflight(plan)
    }

    package func lock(of mark: Mark) -> (any SharedLock)? {
        inner.lock(of: mark).map { SiteLock(inner: $0, home: outside($0.home)) }
    }

    package func forget() async { await inner.forget() }

    package func close() async { await inner.close() }

    private func isOurs(_ address: Address) -> Bool { address.system == system && address.site == site }

    private func outside(_ address: Address) -> Address {
        address.system == system && address.site == nil ? address.at(site) : address
    }

    private func inside(_ address: Address) -> Address { isOurs(address) ? address.at(nil) : address }

    private func inside(_ change: Change) -> Change {
        var observed = change.observed
        observed?.container = change.observed?.container.map(inside)
        return Change(
            address: inside(change.address), action: change.action, slot: change.slot,
            desired: change.desired.map(inside), observed: observed, fields: change.fields, reason: change.reason,
            dataLoss: change.dataLoss, contents: change.contents, dependsOn: change.dependsOn.map(inside))
    }

    private func inside(_ resource: Resource) -> Resource { resource.readdressed { inside($0) } }

    private func outside(_ observation: Observation) -> Observation {
        var named = observation
        named.present = [:]
        for (address, observed) in observation.present {
            var observed = observed
            observed.container = observed.container.map(outside)
            named.present[outside(address)] = observed
        }
        named.refusals = Dictionary(uniqueKeysWithValues: observation.refusals.map { (outside($0.key), $0.value) })
        for index in named.gaps.indices { named.gaps[index].part = outside(named.gaps[index].part) }
        for index in named.pods.indices { named.pods[index].workload = outside(named.pods[index].workload) }
        for index in named.foreign.indices {
            named.foreign[index].address = outside(named.foreign[index].address)
            named.foreign[index].container = outside(named.foreign[index].container)
        }
        return named
    }

    private func outside(_ part: Observation.Part) -> Observation.Part {
        switch part {
        case .system(let system, _): .system(system, site: site)
        case .kind(let kind, _): .kind(kind, site: site)
        case .strangers(let system, _): .strangers(system, site: site)
        case .inside(let holder, let kind): .inside(outside(holder), kind)
        case .thing(let address): .thing(outside(address))
        }
    }
}

/// The lock of one site.
private struct SiteLock: SharedLock {
    let inner: any SharedLock
    let home: Address

    func acquire(as holder: LockHolder) async throws -> LockAnswer { try await inner.acquire(as: holder) }
    func look() async -> LockNote? { await inner.look() }
}
