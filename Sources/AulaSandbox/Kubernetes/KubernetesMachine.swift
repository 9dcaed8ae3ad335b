package import AulaModel
package import Foundation

/// One cluster's API server and controllers, without a socket or a clock.
package actor KubernetesMachine: SandboxMachine {
    private var state: ClusterState
    private var watchers: [Int: Watcher] = [:]
    private var nextWatcher = 0

    /// The bearer token of the administrator.
    package nonisolated let identity: ClusterIdentity

    /// Makes a new cluster, or the one that a snapshot holds.
    package init(
        identity: ClusterIdentity, settings: ClusterSettings = ClusterSettings(), snapshot: JSON? = nil,
        now: Date = Date()
    ) {
        self.identity = identity
        var state = ClusterState(identity: identity, settings: settings, now: now)
        if let snapshot { state.restore(snapshot) } else { state.found() }
        state.reconcile()
        state.untold = []
        self.state = state
    }

    package nonisolated var adminToken: String { identity.adminToken }

    package var settings: ClusterSettings { state.settings }

    /// Changes how the cluster behaves from now on; a changed node pool is scaled at once.
    package func change(_ settings: ClusterSettings) {
        state.settings = settings
        state.syncNodes()
        tellWatchers()
    }

    package func respond(to request: SandboxRequest, now: Date) -> SandboxResponse {
        state.now = max(now, state.now)
        if request.method == "GET", request.parameter("watch") == "true" { return watch(request) }
        let response = state.respond(to: request)
        if request.method != "GET" { state.reconcile() }
        tellWatchers()
        return response
    }

    package func advance(to now: Date) {
        state.now = max(now, state.now)
        state.reconcile()
        tellWatchers()
        for (id, var watcher) in watchers {
            if watcher.deadline <= state.now {
                watcher.finish()
                watchers[id] = nil
            } else {
                watcher.bookmarkIfDue(state.revision, now: state.now)
                watchers[id] = watcher
            }
        }
    }

    package func snapshot() -> JSON { state.snapshot }

    private func tellWatchers() {
        guard !state.untold.isEmpty else { return }
        let events = state.untold
        state.untold = []
        guard !watchers.isEmpty else { return }
        for id in watchers.keys {
            for event in events { watchers[id]?.tell(event, now: state.now) }
        }
    }

    private func watch(_ request: SandboxRequest) -> SandboxResponse {
        do {
            let user = try state.user(of: request)
            let target = try state.target(of: request)
            guard target.kind.isStored, target.subresource.isEmpty else { throw APIStatus.notImplemented(request) }
            try RequestOptions.check(request, verb: "watch", target)
            try state.authorize(AccessRequest(verb: "watch", on: target), user, target.kind)
            let selection = try Selection(request, target)
            let (stream, continuation) = AsyncStream<Data>.makeStream()
            var watcher = Watcher(
                kind: target.kind, selection: selection, request: request, now: state.now, continuation: continuation)
            open(&watcher, request)
            let id = nextWatcher
            nextWatcher += 1
            watchers[id] = watcher
            continuation.onTermination = { [weak self] _ in Task { await self?.close(id) } }
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "application/json")], body: .stream(stream))
        } catch let status as APIStatus {
            return status.response
        } catch {
            return APIStatus(code: 500, reason: "InternalError", message: "\(error)").response
        }
    }

    /// Tells a new watch what it asks to begin with: everything, or what changed since a resourceVersion.
    private func open(_ watcher: inout Watcher, _ request: SandboxRequest) {
        let version = request.parameter("resourceVersion") ?? ""
        let isReplay = request.parameter("sendInitialEvents") == "true"
        if isReplay || version.isEmpty || version == "0" {
            for object in state.objects(watcher.kind.id, in: watcher.selection.namespace)
            where watcher.selection.matches(object) {
                watcher.send("ADDED", object, state.now)
            }
            if isReplay { watcher.bookmark(state.revision, now: state.now, endsInitialEvents: true) }
            return
        }
        guard let start = Int(version), start >= state.historyStart else {
            let status = APIStatus(
                code: 410, reason: "Expired", message: "too old resource version: \(version) (\(state.historyStart))")
            if case .bytes(let body) = status.response.body, let json = try? JSON(parsing: body) { watcher.fail(json) }
            watcher.finish()
            return
        }
        for event in state.history where event.revision > start { watcher.tell(event, now: state.now) }
    }

    private func close(_ id: Int) { watchers[id] = nil }
}
