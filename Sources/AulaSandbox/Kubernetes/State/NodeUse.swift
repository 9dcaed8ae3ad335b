import AulaModel

/// What the pods of one node ask for.
struct NodeUse: Sendable {
    private(set) var cpu = Quantity.zero
    private(set) var memory = Quantity.zero
    private(set) var pods = 0

    /// The node that a pod burdens; nil for one that is not placed or is over.
    static func node(of pod: JSON) -> String? {
        let phase = pod[["status", "phase"]]?.string
        if phase == "Succeeded" || phase == "Failed" { return nil }
        return pod[["spec", "nodeName"]]?.string
    }

    mutating func add(_ pod: JSON) {
        let asked = PodAmounts(.requests, of: pod)
        cpu = cpu + asked["cpu"]
        memory = memory + asked["memory"]
        pods += 1
    }

    mutating func remove(_ pod: JSON) {
        let asked = PodAmounts(.requests, of: pod)
        cpu = cpu - asked["cpu"]
        memory = memory - asked["memory"]
        pods -= 1
    }
}

/// Something that a controller lets time pass for, of one object.
struct Wait: Hashable, Sendable {
    let uid: String
    let what: String
}
