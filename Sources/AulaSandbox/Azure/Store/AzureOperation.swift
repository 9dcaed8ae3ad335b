import AulaModel
import Foundation

/// A long operation, from its acceptance to its end.
package struct AzureOperation: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case createCluster, updateCluster, stopCluster, startCluster, deleteCluster, deleteGroup
        case changeResource, deleteResource, abortOperation
    }

    var id: String
    var kind: Kind
    /// The service that answers for it.
    var namespace: String
    /// The key of the resource, or of the group.
    var target: String
    /// What is gone when it has succeeded.
    var removes: [String]
    var location: String
    var start: Date
    var due: Date
    var end: Date?
    var status = "InProgress"
    /// How it is going to fail, decided when it began.
    var failure: AzureSettings.Failure?

    var json: JSON {
        var body: JSON = [
            "name": .string(id), "status": .string(status), "startTime": AzureCall.time(start),
        ]
        if let end { body["endTime"] = AzureCall.time(end) }
        if status == "Failed", let failure { body["error"] = failure.json }
        return body
    }
}

extension AzureCloud {
    static let operationRoutes: [AzureRoute] = [
        .inSubscription("GET", "providers/:namespace/locations/:location/operations/:operation") { cloud, call in
            .json(200, try cloud.operation(call).json, headers: [("Retry-After", cloud.pollInterval)])
        },
        .inSubscription("GET", "providers/:namespace/locations/:location/operationresults/:operation") { cloud, call in
            let operation = try cloud.operation(call)
            guard operation.status == "InProgress" else { return .empty(204) }
            return .empty(
                202, headers: cloud.headers(operation, call, withLocation: true, interval: cloud.pollInterval))
        },
        .inSubscription("GET", "operationresults/:operation") { cloud, call in
            let operation = try cloud.operation(call)
            if operation.status == "Failed", let failure = operation.failure {
                throw AzureFailure(409, failure.code, failure.message)
            }
            guard operation.status == "InProgress" else { return .empty(200) }
            return .empty(
                202, headers: [("Location", cloud.groupResult(operation, call)), ("Retry-After", cloud.pollInterval)])
        },
    ]

    /// How long to wait between two polls, in seconds.
    private var pollInterval: String { String(settings.pollInterval) }

    /// The same for the first answer, whose number the clients read as an integer; they poll at once all the same.
    var firstInterval: String { String(max(Int(settings.pollInterval.rounded(.up)), 1)) }

    private func operation(_ call: AzureCall) throws -> AzureOperation {
        let id = call.parameter("operation").lowercased()
        guard let operation = operations[id] else {
            throw AzureFailure(404, "NotFound", "The operation '\(id)' could not be found.")
        }
        return operation
    }

    func groupResult(_ operation: AzureOperation, _ call: AzureCall) -> String {
        "\(call.base)\(root)/operationresults/\(operation.id)?api-version=2024-11-01"
    }

    /// `Azure-AsyncOperation`, and for deletes and actions `Location` too.
    func headers(
        _ operation: AzureOperation, _ call: AzureCall, withLocation: Bool, interval: String? = nil
    ) -> [(name: String, value: String)] {
        let place = "\(call.base)\(root)/providers/\(operation.namespace)/locations/\(operation.location)"
        var headers = [
            (name: "Azure-AsyncOperation", value: "\(place)/operations/\(operation.id)?api-version=2016-03-30"),
            (name: "Retry-After", value: interval ?? firstInterval),
        ]
        if withLocation {
            headers.append(
                (name: "Location", value: "\(place)/operationresults/\(operation.id)?api-version=2016-03-30"))
        }
        return headers
    }

    mutating func begin(
        _ kind: AzureOperation.Kind, on resource: AzureResource, removing keys: [String] = [], seconds: Double,
        now: Date
    ) -> AzureOperation {
        let place = resource.location ?? groups[resource.group.lowercased()]?.location ?? ""
        return begin(
            kind, target: resource.key, namespace: resource.id.namespace, removing: keys, location: place,
            seconds: seconds, now: now)
    }

    mutating func begin(
        _ kind: AzureOperation.Kind, target: String, namespace: String, removing keys: [String] = [], location: String,
        seconds: Double, now: Date
    ) -> AzureOperation {
        var operation = AzureOperation(
            id: UUID().uuidString.lowercased(), kind: kind, namespace: namespace, target: target, removes: keys,
            location: location, start: now, due: now.addingTimeInterval(seconds))
        if let position = failures.firstIndex(where: { $0.kind == kind }) {
            operation.failure = failures.remove(at: position).failure
        } else {
            operation.failure = settings.operationFailure
        }
        operations[operation.id] = operation
        return operation
    }

    /// Takes out what is due, so that nobody ends it twice while the host is being told.
    mutating func takeDue(_ now: Date) -> [AzureOperation] {
        let due = operations.values.filter { $0.status == "InProgress" && $0.due <= now && !ending.contains($0.id) }
        ending.formUnion(due.map(\.id))
        return due.sorted { $0.due < $1.due }
    }

    /// What the host must do before the operation counts as done; nothing for one that fails.
    func events(of operation: AzureOperation) -> [ClusterEvent] {
        guard operation.failure == nil else { return [] }
        if operation.kind == .deleteGroup {
            return clusters.filter { $0.group.lowercased() == operation.target }.map { .deleted($0.id.text) }
        }
        guard let cluster = store[operation.target], cluster.life != nil else { return [] }
        switch operation.kind {
        case .createCluster: return [.created(hosted(cluster))]
        case .updateCluster:
            var coming = self
            for key in operation.removes { coming.store[key] = nil }
            return [.created(coming.hosted(cluster))]
        case .stopCluster: return [.stopped(cluster.id.text)]
        case .startCluster: return [.started(cluster.id.text)]
        case .deleteCluster: return [.deleted(cluster.id.text)]
        case .deleteGroup, .changeResource, .deleteResource, .abortOperation: return []
        }
    }

    mutating func finish(_ operation: AzureOperation, now: Date) {
        ending.remove(operation.id)
        guard operations[operation.id]?.status == "InProgress" else { return }
        let failed = operation.failure != nil
        operations[operation.id]?.status = failed ? "Failed" : "Succeeded"
        operations[operation.id]?.end = now
        if operation.kind == .deleteGroup { return finishGroup(operation, now: now) }
        guard operation.kind != .abortOperation else { return }
        settle(operation.target, state: failed ? "Failed" : "Succeeded", now: now, error: operation.failure)
        guard !failed else { return }
        for key in operation.removes { remove(key, now: now) }
        switch operation.kind {
        case .createCluster, .updateCluster: store[operation.target]?.life?.isHosted = true
        case .stopCluster, .startCluster: setRunning(operation.kind == .startCluster, operation.target, now: now)
        case .deleteCluster, .deleteGroup, .changeResource, .deleteResource, .abortOperation: break
        }
    }

    /// The end of an operation: the resource, and a cluster's pools, come to rest.
    mutating func settle(_ key: String, state: String, now: Date, error: AzureSettings.Failure? = nil) {
        guard let resource = store[key] else { return }
        store[key]?.change(to: state, at: now)
        guard resource.life != nil else { return }
        store[key]?.properties["status"] = error.map { ["provisioningError": $0.json] }
        if state == "Succeeded" {
            let version = AzureCatalogue.patch(resource.properties["kubernetesVersion"]?.string ?? "")
            store[key]?.properties["currentKubernetesVersion"] = version.map(JSON.string)
        }
        for pool in pools(of: resource) { store[pool.key]?.change(to: state, at: now) }
    }

    private mutating func finishGroup(_ operation: AzureOperation, now: Date) {
        let scope = "\(root)/resourceGroups/\(operation.target)"
        guard operation.failure == nil else {
            groups[operation.target]?.state = "Failed"
            for cluster in clusters where cluster.group.lowercased() == operation.target {
                settle(cluster.key, state: "Failed", now: now, error: operation.failure)
            }
            return
        }
        for key in store.keys where AzureID.isWithin(key, scope) { remove(key, now: now) }
        groups[operation.target] = nil
    }

    /// A resource goes with all that is in it or about it; a cluster takes its node resource group along.
    private mutating func remove(_ key: String, now: Date) {
        guard let resource = store[key] else { return }
        if resource.life != nil {
            bill(resource, now: now)
            groups[resource.nodeGroup.lowercased()] = nil
            let nodes = "\(root)/resourceGroups/\(resource.nodeGroup)"
            for key in store.keys where AzureID.isWithin(key, nodes) { store[key] = nil }
        }
        for inner in store.keys where AzureID.isWithin(inner, key) { store[inner] = nil }
    }

    private mutating func setRunning(_ running: Bool, _ key: String, now: Date) {
        guard let cluster = store[key], cluster.life?.isRunning != running else { return }
        if !running { bill(cluster, now: now) }
        store[key]?.life?.isRunning = running
        store[key]?.life?.runningSince = now
    }
}
