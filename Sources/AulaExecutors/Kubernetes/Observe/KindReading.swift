import AulaModel

/// Every object of ours of one kind, or why it could not be read.
struct KindReading: Sendable {
    var kind: ObjectKind
    var objects: [Address: Observed] = [:]
    var failure: ReadFailure?
}

/// Turns the items of a LIST into what the planner has to know, page by page.
struct ObservedCollector: ItemCollector {
    let kind: ObjectKind
    let blueprint: Blueprint
    let cluster: Address?
    /// Which objects to keep.
    let isWanted: @Sendable (LiveObject) -> Bool
    private(set) var objects: [Address: Observed] = [:]
    private var pool = SharedValues()

    init(
        _ kind: ObjectKind, _ blueprint: Blueprint, cluster: Address?,
        isWanted: @escaping @Sendable (LiveObject) -> Bool
    ) {
        self.kind = kind
        self.blueprint = blueprint
        self.cluster = cluster
        self.isWanted = isWanted
    }

    mutating func add(_ item: JSON) {
        let object = LiveObject(kind: kind, json: item)
        guard isWanted(object) else { return }
        var observed = object.observed(blueprint[object.address], cluster: cluster, pool: &pool)
        // Whether it is in a namespace of ours is seen once all is read.
        observed.hasLostMark = object.mark?.isSameEdition(as: blueprint.mark) != true && object.isWorkOfAula
        objects[object.address] = observed
    }
}

/// The names of all namespaces, and those that the observation is about.
struct NamespaceCollector: ItemCollector {
    private(set) var names: Set<String> = []
    private(set) var chosen: ObservedCollector

    init(_ chosen: ObservedCollector) {
        self.chosen = chosen
    }

    mutating func add(_ item: JSON) {
        if let name = item["metadata"]?["name"]?.string { names.insert(name) }
        chosen.add(item)
    }
}
