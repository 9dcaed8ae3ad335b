import AulaModel

/// What else lives in the resource group: it would be deleted with it.
///
/// The cluster's own machines, disks and addresses are in a group of their own, which goes with the cluster.
struct ForeignResources: Sendable {
    let client: AzureClient
    let group: String
    let groupAddress: Address
    let cluster: String
    let mark: Mark

    func observe() async -> Observation {
        do {
            let answer = try await client.call(
                [
                    "resource", "list", "--resource-group", group, "--query",
                    "[].{id:id,name:name,type:type,tags:tags}",
                ])
            guard case .found(let json) = answer else { return Observation() }
            return Observation(foreign: (json.array ?? []).compactMap(foreign))
        } catch {
            // Not knowing what is inside must keep the group alive.
            return Observation(foreign: [
                Foreign(
                    address: Address(.azure("unread"), group), container: groupAddress,
                    owner: "unknown: what is in the resource group could not be read")
            ])
        }
    }

    private func foreign(_ json: JSON) -> Foreign? {
        let name = json["name"]?.string ?? ""
        let type = json["type"]?.string ?? ""
        if type.lowercased() == "microsoft.containerservice/managedclusters", name.lowercased() == cluster.lowercased()
        {
            return nil
        }
        let owner = AzureTags.mark(in: json["tags"])
        return Foreign(
            address: Address(
                .azure(type.split(separator: "/").last.map(String.init) ?? "resource"), "\(group)/\(name)"),
            container: groupAddress,
            owner: owner.map { "cohort \($0.cohort), id \($0.id)" } ?? "not aula's",
            identity: json["id"]?.string, holdsData: Self.holdsData(type.lowercased()))
    }

    private static func holdsData(_ type: String) -> Bool {
        ["/disks", "/snapshots", "storageaccounts", "microsoft.sql", "dbfor", "documentdb"].contains {
            type.contains($0)
        }
    }
}
