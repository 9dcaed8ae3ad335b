import AulaModel
import OrderedCollections

/// A StatefulSet's claims outlive it, and are no resources of the blueprint: their sizes are compared all the same.
extension Planner {
    /// A live claim, and the size that its set asks for.
    struct ClaimedVolume {
        var address: Address
        var observed: Observed
        var wanted: JSON

        private static let size = ["spec", "resources", "requests", "storage"]

        var live: JSON? { observed.attributes[Self.size] }

        var differs: Bool { Quantity(wanted) != live.flatMap { Quantity($0) } }

        /// Whether the cluster makes it larger in place, without loss.
        var grows: Bool {
            guard observed.canGrow, let wanted = Quantity(wanted), let live = live.flatMap({ Quantity($0) }) else {
                return false
            }
            return live < wanted
        }

        /// Whether somebody made it larger than the file says: a volume never shrinks.
        var isLarger: Bool {
            guard let wanted = Quantity(wanted), let live = live.flatMap({ Quantity($0) }) else { return false }
            return wanted < live
        }

        var remark: Diagnostic {
            Diagnostic(
                .warning, "\(address) has \(live?.string ?? ""), more than the \(wanted.string ?? "") of the file",
                hint: "write its size into the file: a volume never shrinks")
        }

        /// The claim as a change makes it.
        func desired(of set: Resource) -> Resource {
            var body: JSON = ["apiVersion": "v1", "kind": "PersistentVolumeClaim"]
            body["metadata"] = [
                "name": observed.attributes[["metadata", "name"]] ?? .null,
                "namespace": observed.attributes[["metadata", "namespace"]] ?? .null,
            ]
            body[Self.size] = wanted
            return Resource(address: address, slot: set.slot, body: body, container: observed.container)
        }

        var field: FieldChange { FieldChange(path: Self.size.joined(separator: "."), old: live, new: wanted) }
    }

    /// What becomes of a set whose volumes have another size than the file says.
    enum Resizing {
        /// They are as they should be, or there are none.
        case none
        /// All of them grow in place.
        case growth([ClaimedVolume])
        /// One of them cannot: they are made anew with their set.
        case renewal([ClaimedVolume])
    }

    /// Live claims of sets by namespace and by what their names begin with.
    static func claimsOfSets(_ observation: Observation) -> [String: [Address]] {
        var result: [String: [Address]] = [:]
        for (address, observed) in observation.present where address.is(.claim) {
            guard let name = observed.attributes[["metadata", "name"]]?.string, let dash = name.lastIndex(of: "-"),
                Int(name[name.index(after: dash)...]) != nil
            else { continue }
            result["\(observed.container?.text ?? "")/\(name[...dash])", default: []].append(address)
        }
        return result.mapValues { $0.sorted() }
    }

    mutating func resizing(of set: Resource) -> Resizing {
        guard let path = set.kubernetesKind?.claims?.path else { return .none }
        let name = set.body[["metadata", "name"]]?.string ?? ""
        var different: [ClaimedVolume] = []
        for template in set.body[path]?.array ?? [] {
            guard let wanted = template[["spec", "resources", "requests", "storage"]],
                let volume = template["metadata"]?["name"]?.string
            else { continue }
            let key = "\(set.container?.text ?? "")/\(volume)-\(name)-"
            different += (claimsOfSets[key] ?? []).compactMap { address in
                let claim = observation.present[address].map {
                    ClaimedVolume(address: address, observed: $0, wanted: wanted)
                }
                return claim?.differs == true ? claim : nil
            }
        }
        guard !different.isEmpty else { return .none }
        return different.allSatisfy(\.grows) ? .growth(different) : .renewal(different)
    }

    /// The claims' own changes; the quota of their namespace has to have room first.
    mutating func grow(_ volumes: [ClaimedVolume], of set: Resource) {
        let quotas = changes.keys.elements.filter {
            $0.is(.kubernetes("ResourceQuota")) && blueprint[$0]?.container == set.container
        }
        for volume in volumes {
            changes[volume.address] = Change(
                address: volume.address, action: .update, slot: set.slot, desired: volume.desired(of: set),
                observed: volume.observed, fields: [volume.field], reason: "grows in place, without loss",
                dependsOn: quotas)
        }
    }
}

extension FieldChange {
    /// Whether it is the size of a set's volumes.
    var isClaimSize: Bool {
        path.hasPrefix("spec.volumeClaimTemplates") && path.hasSuffix(".spec.resources.requests.storage")
    }
}
