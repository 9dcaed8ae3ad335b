import AulaModel
import Foundation

/// One change of one object, as a watch tells it.
struct WatchEvent: Sendable {
    enum Change: String, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    let revision: Int
    let change: Change
    let key: ObjectKey
    let object: JSON
    /// The object before, so that a watch with a selector knows what leaves its sight.
    let before: JSON?
}

/// A cluster as a value: its objects, its clock and what its controllers have yet to do.
struct ClusterState: Sendable {
    /// Something to look at again later.
    struct Timer: Sendable {
        let due: Date
        let key: ObjectKey
    }

    let identity: ClusterIdentity
    var settings: ClusterSettings
    var now: Date
    /// The last resourceVersion given out.
    var revision = 1000
    var stores: [String: ObjectStore] = [:]
    var addresses = AddressPool()
    /// Objects that changed and that a controller has not looked at since, in order.
    private(set) var queue: [ObjectKey] = []
    private var queued: Set<ObjectKey> = []
    /// Sorted by when they are due.
    private(set) var timers: [Timer] = []
    /// Changes that no watch has been told of yet.
    var untold: [WatchEvent] = []
    /// The latest changes, for watches that begin at a resourceVersion.
    private(set) var history: [WatchEvent] = []
    var historyStart: Int

    /// What each node's pods ask for.
    private(set) var nodeUse: [String: NodeUse] = [:]
    /// Nothing is stored: a dry run.
    var isTrial = false
    /// When what a controller waits for is due.
    var waits: [ObjectKey: [Wait: Date]] = [:]

    /// Every kind that is served: the built-in ones and those that definitions brought.
    var table = KindTable.shared

    /// The kinds of each definition, and which generation of it they were read from.
    var customKinds: [String: [Kind]] = [:]
    var customVersions: [String: String] = [:]

    static let historyLimit = 20_000

    init(identity: ClusterIdentity, settings: ClusterSettings, now: Date) {
        self.identity = identity
        self.settings = settings
        self.now = now
        historyStart = revision
    }

    var timestamp: String { KubernetesTime.text(now) }

    func object(_ key: ObjectKey) -> JSON? { stores[key.kind]?[key.path] }

    func object(_ kind: String, _ namespace: String, _ name: String) -> JSON? {
        object(ObjectKey(kind: kind, namespace: namespace, name: name))
    }

    func objects(_ kind: String, in namespace: String? = nil) -> [JSON] {
        stores[kind]?.objects(in: namespace) ?? []
    }

    /// Stores an object under a new resourceVersion and returns it as stored.
    @discardableResult
    mutating func put(_ object: JSON, _ key: ObjectKey) -> JSON {
        if isTrial { return object }
        revision += 1
        var object = object
        object[["metadata", "resourceVersion"]] = .string(String(revision))
        let before = stores[key.kind]?[key.path]
        stores[key.kind, default: ObjectStore()][key.path] = object
        record(before == nil ? .added : .modified, key, object, before)
        return object
    }

    mutating func remove(_ key: ObjectKey) {
        guard !isTrial, let object = stores[key.kind]?[key.path] else { return }
        revision += 1
        stores[key.kind]?[key.path] = nil
        var last = object
        last[["metadata", "resourceVersion"]] = .string(String(revision))
        record(.deleted, key, last, object)
    }

    private mutating func record(_ change: WatchEvent.Change, _ key: ObjectKey, _ object: JSON, _ before: JSON?) {
        let event = WatchEvent(revision: revision, change: change, key: key, object: object, before: before)
        untold.append(event)
        history.append(event)
        if history.count > Self.historyLimit {
            let dropped = Self.historyLimit / 2
            historyStart = history[dropped - 1].revision
            history.removeFirst(dropped)
        }
        if key.kind == "pods" { countUse(before, change == .deleted ? nil : object) }
        enqueue(key)
        enqueueRelated(to: object, key, isGone: change == .deleted)
    }

    private mutating func countUse(_ before: JSON?, _ after: JSON?) {
        if let before, let node = NodeUse.node(of: before) { nodeUse[node, default: NodeUse()].remove(before) }
        if let after, let node = NodeUse.node(of: after) { nodeUse[node, default: NodeUse()].add(after) }
    }

    /// Counts anew what the pods use, after a restart.
    mutating func recountUse() {
        nodeUse = [:]
        for pod in objects("pods") { countUse(nil, pod) }
    }

    mutating func enqueue(_ key: ObjectKey) {
        if queued.insert(key).inserted { queue.append(key) }
    }

    mutating func enqueue(_ key: ObjectKey, after seconds: TimeInterval) {
        let due = now.addingTimeInterval(seconds)
        var low = 0
        var high = timers.count
        while low < high {
            let middle = (low + high) / 2
            if timers[middle].due <= due { low = middle + 1 } else { high = middle }
        }
        timers.insert(Timer(due: due, key: key), at: low)
    }

    /// The queue's content, leaving it empty; what is due by now comes with it.
    mutating func takeQueue() -> [ObjectKey] {
        let due = timers.prefix { $0.due <= now }
        if !due.isEmpty {
            for timer in due { enqueue(timer.key) }
            timers.removeFirst(due.count)
        }
        defer {
            queue = []
            queued = []
        }
        return queue
    }
}
