import AulaEngine
import AulaModel
import AulaPlanner

/// Asks the storage classes of claims whose size differs from the file's whether they may grow in place.
///
/// Where every size is right, nothing is asked.
struct GrowthSurvey {
    let observer: KubernetesObserver

    private static let size = ["spec", "resources", "requests", "storage"]

    func extend(_ observation: inout Observation) async {
        guard observer.request.purpose == .apply else { return }
        let wanted = wantedSizes()
        var classes: [String: [Address]] = [:]
        for (address, observed) in observation.present where address.is(.claim) {
            let body = observed.attributes
            guard let size = size(of: address, observed, in: wanted), body[Self.size] != size,
                // An unbound claim has no volume that could grow.
                observed.holdsData, let name = body[["spec", "storageClassName"]]?.string
            else { continue }
            classes[name, default: []].append(address)
        }
        let names = classes.keys.sorted()
        let answers = await concurrently(names) { await allowsGrowth($0) }
        for (name, isAllowed) in zip(names, answers) where isAllowed {
            for address in classes[name] ?? [] { observation.present[address]?.canGrow = true }
        }
    }

    /// The sizes of the blueprint's claims by address, and of its sets' by namespace and beginning of the name.
    private func wantedSizes() -> [String: JSON] {
        var sizes: [String: JSON] = [:]
        for resource in observer.blueprint.resources {
            guard let claims = resource.kubernetesKind?.claims else { continue }
            if claims == .itself { sizes[resource.address.text] = resource.body[Self.size] }
            for template in claims.path.flatMap({ resource.body[$0]?.array }) ?? [] {
                guard let name = template["metadata"]?["name"]?.string else { continue }
                sizes["\(resource.container?.text ?? "")/\(name)-\(resource.name)-"] = template[Self.size]
            }
        }
        return sizes
    }

    private func size(of address: Address, _ observed: Observed, in sizes: [String: JSON]) -> JSON? {
        if let size = sizes[address.text] { return size }
        guard let name = observed.attributes[["metadata", "name"]]?.string, let dash = name.lastIndex(of: "-") else {
            return nil
        }
        return sizes["\(observed.container?.text ?? "")/\(name[...dash])"]
    }

    /// A class that cannot be read lets nothing grow.
    private func allowsGrowth(_ name: String) async -> Bool {
        guard let kind = ObjectKind.builtIn.first(where: { $0.name == "StorageClass" }),
            let answer = try? await observer.api.read(kind.path(name: name), patience: observer.patience),
            answer.status == 200, let json = try? JSON(parsing: answer.body)
        else { return false }
        return json["allowVolumeExpansion"] == true
    }
}
