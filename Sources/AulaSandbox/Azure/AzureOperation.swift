import AulaModel
import Foundation

/// A long operation, from its acceptance to its end.
package struct AzureOperation: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case createCluster, updateCluster, stopCluster, startCluster, deleteCluster, deleteGroup
    }

    var id: String
    var kind: Kind
    /// The key of the cluster, or of the group.
    var target: String
    var location: String
    var start: Date
    var due: Date
    var end: Date?
    var status = "InProgress"
    /// How it is going to fail, decided when it began.
    var failure: AzureSettings.Failure?
    /// The agent pool that it takes away.
    var removedPool: String?
}

extension AzureCloud {
    static let operationRoutes: [AzureRoute] = [
        .inSubscription("GET", "providers/Microsoft.ContainerService/locations/:location/operations/:operation") {
            cloud, call in
            let operation = try cloud.operation(call)
            var body: JSON = [
                "name": .string(operation.id), "status": .string(operation.status),
                "startTime": AzureCall.time(operation.start),
            ]
            if let end = operation.end { body["endTime"] = AzureCall.time(end) }
            if operation.status == "Failed", let failure = operation.failure {
                body["error"] = ["code": .string(failure.code), "message": .string(failure.message)]
            }
            return .json(200, body, headers: [("Retry-After", cloud.pollInterval)])
        },
        .inSubscription("GET", "providers/Microsoft.ContainerService/locations/:location/operationresults/:operation") {
            cloud, call in
            let operation = try cloud.operation(call)
            guard operation.status == "InProgress" else { return .empty(204) }
            return .empty(
                202, headers: cloud.headers(operation, call, withLocation: true, interval: cloud.pollInterval))
        },
        .inSubscription("GET", "operationresults/:operation") { cloud, call in
            let operation = try cloud.operation(call)
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
        let place = "\(call.base)\(root)/providers/Microsoft.ContainerService/locations/\(operation.location)"
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
        _ kind: AzureOperation.Kind, target: String, location: String, seconds: Double, now: Date
    ) -> AzureOperation {
        var operation = AzureOperation(
            id: UUID().uuidString.lowercased(), kind: kind, target: target, location: location, start: now,
            due: now.addingTimeInterval(seconds))
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
        if operation.kind == .deleteGroup { return clusters(inGroup: operation.target).map { .deleted(id($0)) } }
        guard let cluster = clusters[operation.target] else { return [] }
        switch operation.kind {
        case .createCluster, .updateCluster: return [.created(hosted(cluster))]
        case .stopCluster: return [.stopped(id(cluster))]
        case .startCluster: return [.started(id(cluster))]
        case .deleteCluster: return [.deleted(id(cluster))]
        case .deleteGroup: return []
        }
    }

    mutating func finish(_ operation: AzureOperation, now: Date) {
        ending.remove(operation.id)
        guard operations[operation.id]?.status == "InProgress" else { return }
        operations[operation.id]?.status = operation.failure == nil ? "Succeeded" : "Failed"
        operations[operation.id]?.end = now
        let failed = operation.failure != nil
        switch operation.kind {
        case .createCluster, .updateCluster:
            clusters[operation.target]?.settle(state: failed ? "Failed" : "Succeeded", without: operation.removedPool)
            if !failed { clusters[operation.target]?.isHosted = true }
        case .stopCluster, .startCluster:
            clusters[operation.target]?.settle(state: failed ? "Failed" : "Succeeded", without: nil)
            if !failed { setRunning(operation.kind == .startCluster, operation.target, now: now) }
        case .deleteCluster:
            if failed {
                clusters[operation.target]?.state = "Failed"
            } else {
                removeCluster(operation.target, now: now)
            }
        case .deleteGroup:
            if failed {
                groups[operation.target]?.state = "Failed"
                for key in clusters.keys where clusters[key]?.group.lowercased() == operation.target {
                    clusters[key]?.state = "Failed"
                }
            } else {
                for cluster in clusters(inGroup: operation.target) { removeCluster(cluster.key, now: now) }
                groups[operation.target] = nil
            }
        }
    }

    func clusters(inGroup key: String) -> [ManagedCluster] {
        clusters.values.filter { $0.group.lowercased() == key }.sorted { $0.name < $1.name }
    }

    private mutating func removeCluster(_ key: String, now: Date) {
        guard let cluster = clusters[key] else { return }
        bill(cluster, now: now)
        groups[cluster.nodeGroup.lowercased()] = nil
        clusters[key] = nil
    }

    private mutating func setRunning(_ running: Bool, _ key: String, now: Date) {
        guard var cluster = clusters[key], cluster.isRunning != running else { return }
        if !running { bill(cluster, now: now) }
        cluster.isRunning = running
        cluster.runningSince = now
        clusters[key] = cluster
    }
}
