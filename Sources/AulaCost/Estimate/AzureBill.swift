import AulaModel
import Foundation

/// The lines of Azure's bill for a cluster and for what runs in it.
struct AzureBill {
    private let resources: [Resource]
    private let azure: AzureSite
    private let book: PriceBook
    private let term: Term?
    /// What everybody declares.
    let charges: ChargeLines

    init(_ blueprint: Blueprint, _ azure: AzureSite, book: PriceBook) {
        resources = blueprint.resources
        term = blueprint.cohort.term
        self.azure = azure
        charges = ChargeLines(blueprint.charges, term, book: book, region: azure.location)
        self.book = book
    }

    var lines: [EstimateLine] {
        [nodes] + osDisks + [tier] + loadBalancer + [addresses] + volumes
            + charges.lines(without: [Charge.rule, Charge.address])
    }

    private var nodes: EstimateLine {
        line(
            .nodes, "Nodes (\(azure.cluster.nodeSize))", azure.cluster.nodes, "node/\(azure.cluster.nodeSize)",
            hours: term?.runningHours)
    }

    /// None where the machines' own storage holds the operating system.
    private var osDisks: [EstimateLine] {
        let size = Self.osDiskSize(azure.cluster, book)
        if let own = book.nodeSizes[azure.cluster.nodeSize]?.ephemeralOSDisk, own >= size { return [] }
        return [disks(.osDisks, "OS disks", "P", size, azure.cluster.nodes)]
    }

    /// GiB; when nobody says how many, AKS takes more for a larger node (its documentation, "OS disk sizing").
    static func osDiskSize(_ cluster: AzureSite.Cluster, _ book: PriceBook) -> Int {
        if let size = cluster.osDiskSize { return size }
        return switch book.nodeSizes[cluster.nodeSize]?.vcpu ?? 1 {
        case ..<8: 128
        case ..<16: 256
        case ..<64: 512
        default: 1024
        }
    }

    private var tier: EstimateLine {
        line(.clusterTier, "Cluster tier (\(azure.cluster.tier))", 1, "clusterTier/\(azure.cluster.tier)")
    }

    private var loadBalancer: [EstimateLine] {
        let first = line(.loadBalancer, "Load balancer (up to 5 rules)", 1, "loadBalancer/first5Rules")
        let more = charges.all(Charge.rule).count - 5
        guard more > 0 else { return [first] }
        return [first, line(.loadBalancer, "Load balancer (further rules)", more, "loadBalancer/furtherRule")]
    }

    private var addresses: EstimateLine {
        let (count, users) = charges.all(Charge.address)
        let names = users.prefix(2).joined(separator: ", ") + (users.count > 2 ? ", …" : "")
        return line(.publicIPs, "Public IP addresses (\(names))", count, Charge.address)
    }

    private var volumes: [EstimateLine] {
        Volumes(resources).all.map { volume, count in
            guard let letter = Self.letter(volume.storageClass) else {
                let name = volume.storageClass ?? ""
                return line(.volumes, "Volumes (class \(name))", count, "storageClass/\(name)", group: volume.group)
            }
            return disks(.volumes, "Volumes", letter, volume.size, count, group: volume.group)
        }
    }

    /// The sort of disk behind AKS' own storage classes; nil for a class of somebody else's.
    private static func letter(_ storageClass: String?) -> String? {
        switch storageClass {
        case nil, "", "default", "managed-csi", "managed": "E"
        case "managed-csi-premium", "managed-premium": "P"
        default: nil
        }
    }

    private func disks(
        _ kind: EstimateLine.Kind, _ what: String, _ letter: String, _ size: Int, _ count: Int, group: String? = nil
    ) -> EstimateLine {
        let sort = letter == "P" ? "Premium SSD" : "Standard SSD"
        guard let tier = book.diskTiers.holding(size) else {
            return line(kind, "\(what) (\(sort), \(size) GiB)", count, "disk/\(letter) of \(size) GiB", group: group)
        }
        let name = "\(letter)\(tier.number)"
        return line(kind, "\(what) (\(sort) \(name), \(tier.size) GiB)", count, "disk/\(name)", group: group)
    }

    private func line(
        _ kind: EstimateLine.Kind, _ name: String, _ count: Int, _ item: String, hours: Decimal? = nil,
        group: String? = nil
    ) -> EstimateLine {
        EstimateLine(
            kind: kind, name: name, count: count, item: item, price: book[item, azure.location],
            hours: hours ?? term?.hours, group: group)
    }
}
