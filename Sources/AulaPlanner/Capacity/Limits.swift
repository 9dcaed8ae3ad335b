package import AulaModel

/// Containers that ask for more than they may use: Kubernetes refuses their pods.
package enum Limits {
    /// An error for each component and each amount whose limit is below its request.
    package static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        var seen: Set<String> = []
        return blueprint.resources.flatMap { resource -> [Diagnostic] in
            guard let workload = resource.kubernetesKind?.pods else { return [] }
            let pod = resource.bodyAtBirth[workload.template + ["spec"]]
            let containers = (pod?["containers"]?.array ?? []) + (pod?["initContainers"]?.array ?? [])
            let owner = resource.slot.component ?? resource.address.name
            return containers.flatMap { container in
                excesses(in: container["resources"]).compactMap { excess in
                    guard seen.insert("\(owner) \(excess.name)").inserted else { return nil }
                    return Diagnostic(
                        .error,
                        "`\(owner)` asks for \(excess.request) of \(excess.name) and may use \(excess.limit) at most",
                        at: blueprint.cohort.positions["components.\(owner).\(excess.name)Limit"]
                            ?? blueprint.cohort.positions["components.\(owner).\(excess.name)"]
                            ?? blueprint.cohort.positions["components.\(owner)"],
                        hint: "a limit is at least its request: raise `\(excess.name)Limit` or lower `\(excess.name)`")
                }
            }
        }
    }

    private static func excesses(in resources: JSON?) -> [(name: String, request: String, limit: String)] {
        (resources?["requests"]?.object?.members ?? []).compactMap { member in
            guard let limit = resources?["limits"]?[member.key], let least = Quantity(member.value),
                let most = Quantity(limit), most < least
            else { return nil }
            return (member.key, member.value.string ?? member.value.text, limit.string ?? limit.text)
        }
    }
}
