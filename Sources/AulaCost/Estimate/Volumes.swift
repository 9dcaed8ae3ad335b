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
    let all: [(Kind, Int)]

    init(_ resources: [Resource]) {
        all = counted(
            resources.flatMap { resource in
                resource.claims.map { claim, count in
                    let storageClass = claim["spec"]?["storageClassName"]?.string
                    return (
                        Kind(size: Self.size(claim["spec"]), storageClass: storageClass, group: resource.slot.group),
                        count
                    )
                }
            })
    }

    private static func size(_ spec: JSON?) -> Int {
        guard let wanted = spec?["resources"]?["requests"]?["storage"].flatMap({ Quantity($0) }),
            let unit = Quantity("1Gi")
        else { return 0 }
        return wanted.roundedUp(to: unit)
    }
}
