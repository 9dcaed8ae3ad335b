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
        for resource in resources {
            for (claim, count) in resource.claims {
                let kind = Kind(
                    size: Self.size(claim["spec"]), storageClass: claim["spec"]?["storageClassName"]?.string,
                    group: resource.slot.group)
                if counts[kind] == nil { order.append(kind) }
                counts[kind, default: 0] += count
            }
        }
        all = order.map { ($0, counts[$0] ?? 0) }
    }

    private static func size(_ spec: JSON?) -> Int {
        guard let wanted = spec?["resources"]?["requests"]?["storage"].flatMap({ Quantity($0) }),
            let unit = Quantity("1Gi")
        else { return 0 }
        return wanted.roundedUp(to: unit)
    }
}
