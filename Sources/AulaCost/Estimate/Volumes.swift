import AulaModel
import AulaPlanner

/// The volumes that a blueprint asks for, counted by what they are billed as.
struct Volumes {
    struct Kind: Hashable {
        /// GiB, rounded up.
        var size: Int
        /// Nil takes the cluster's default.
        var storageClass: String?
        var group: String?
    }

    /// In the order of the blueprint.
    let all: [(kind: Kind, count: Int)]

    init(_ resources: [Resource]) {
        var counts: [Kind: Int] = [:]
        var order: [Kind] = []
        for resource in resources where resource.address.system == .kubernetes {
            for (claim, count) in Self.claims(of: resource) {
                let kind = Kind(
                    size: Self.size(claim["spec"]), storageClass: claim["spec"]?["storageClassName"]?.string,
                    group: resource.slot.group)
                if counts[kind] == nil { order.append(kind) }
                counts[kind, default: 0] += count
            }
        }
        all = order.map { ($0, counts[$0] ?? 0) }
    }

    /// A claim of its own, or those of each replica of a StatefulSet.
    private static func claims(of resource: Resource) -> [(JSON, Int)] {
        switch resource.address.kind.name {
        case "PersistentVolumeClaim": return [(resource.body, 1)]
        case "StatefulSet":
            let body = resource.lifecycle.initial.map { resource.body.merging($0) } ?? resource.body
            let replicas = body["spec"]?["replicas"]?.int ?? 1
            return (body["spec"]?["volumeClaimTemplates"]?.array ?? []).map { ($0, replicas) }
        default: return []
        }
    }

    private static func size(_ spec: JSON?) -> Int {
        guard let wanted = spec?["resources"]?["requests"]?["storage"].flatMap({ Quantity($0) }),
            let unit = Quantity("1Gi")
        else { return 0 }
        return wanted.roundedUp(to: unit)
    }
}
