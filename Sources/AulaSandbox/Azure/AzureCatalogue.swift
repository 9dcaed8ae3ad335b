import AulaModel

/// What the sandbox's Azure offers: regions, machine sizes, versions.
enum AzureCatalogue {
    /// Name and display name.
    static let locations: [(name: String, title: String)] = [
        ("australiaeast", "Australia East"), ("brazilsouth", "Brazil South"), ("canadacentral", "Canada Central"),
        ("centralindia", "Central India"), ("centralus", "Central US"), ("chilecentral", "Chile Central"),
        ("eastus", "East US"), ("eastus2", "East US 2"), ("francecentral", "France Central"),
        ("germanywestcentral", "Germany West Central"), ("italynorth", "Italy North"), ("japaneast", "Japan East"),
        ("mexicocentral", "Mexico Central"), ("northcentralus", "North Central US"), ("northeurope", "North Europe"),
        ("southcentralus", "South Central US"), ("southeastasia", "Southeast Asia"), ("spaincentral", "Spain Central"),
        ("swedencentral", "Sweden Central"), ("switzerlandnorth", "Switzerland North"), ("uksouth", "UK South"),
        ("westcentralus", "West Central US"), ("westeurope", "West Europe"), ("westus", "West US"),
        ("westus2", "West US 2"), ("westus3", "West US 3"),
    ]

    struct Size: Sendable {
        var name: String
        var family: String
        var cores: Int
        var memoryGB: Int
        var dataDisks: Int
        /// US dollars an hour, Linux, for the answers about cost.
        var hourly: Double
    }

    static let sizes: [Size] = [
        Size(name: "Standard_B2s", family: "standardBSFamily", cores: 2, memoryGB: 4, dataDisks: 4, hourly: 0.0496),
        Size(name: "Standard_B2ms", family: "standardBSFamily", cores: 2, memoryGB: 8, dataDisks: 4, hourly: 0.0992),
        Size(name: "Standard_B4ms", family: "standardBSFamily", cores: 4, memoryGB: 16, dataDisks: 8, hourly: 0.198),
        Size(name: "Standard_B8ms", family: "standardBSFamily", cores: 8, memoryGB: 32, dataDisks: 16, hourly: 0.397),
        Size(
            name: "Standard_B2as_v2", family: "standardBasv2Family", cores: 2, memoryGB: 8, dataDisks: 4, hourly: 0.0752
        ),
        Size(
            name: "Standard_B4as_v2", family: "standardBasv2Family", cores: 4, memoryGB: 16, dataDisks: 8, hourly: 0.15),
        Size(
            name: "Standard_B8as_v2", family: "standardBasv2Family", cores: 8, memoryGB: 32, dataDisks: 16,
            hourly: 0.301),
        Size(
            name: "Standard_B2ls_v2", family: "standardBsv2Family", cores: 2, memoryGB: 4, dataDisks: 4, hourly: 0.0416),
        Size(
            name: "Standard_B2als_v2", family: "standardBasv2Family", cores: 2, memoryGB: 4, dataDisks: 4,
            hourly: 0.0376),
        Size(
            name: "Standard_B4ls_v2", family: "standardBsv2Family", cores: 4, memoryGB: 8, dataDisks: 8, hourly: 0.166),
        Size(name: "Standard_D2s_v3", family: "standardDSv3Family", cores: 2, memoryGB: 8, dataDisks: 4, hourly: 0.117),
        Size(
            name: "Standard_D4s_v3", family: "standardDSv3Family", cores: 4, memoryGB: 16, dataDisks: 8, hourly: 0.234),
        Size(name: "Standard_D2s_v5", family: "standardDSv5Family", cores: 2, memoryGB: 8, dataDisks: 4, hourly: 0.112),
        Size(
            name: "Standard_D4s_v5", family: "standardDSv5Family", cores: 4, memoryGB: 16, dataDisks: 8, hourly: 0.224),
        Size(
            name: "Standard_D8s_v5", family: "standardDSv5Family", cores: 8, memoryGB: 32, dataDisks: 16, hourly: 0.448),
        Size(
            name: "Standard_D2as_v5", family: "standardDASv5Family", cores: 2, memoryGB: 8, dataDisks: 4, hourly: 0.103),
        Size(
            name: "Standard_D4as_v5", family: "standardDASv5Family", cores: 4, memoryGB: 16, dataDisks: 8, hourly: 0.206
        ),
        Size(name: "Standard_DS2_v2", family: "standardDSv2Family", cores: 2, memoryGB: 7, dataDisks: 8, hourly: 0.14),
    ]

    static let families: [(name: String, title: String)] = [
        ("standardBSFamily", "Standard BS Family vCPUs"), ("standardDSv5Family", "Standard DSv5 Family vCPUs"),
        ("standardBasv2Family", "Standard Basv2 Family vCPUs"), ("standardBsv2Family", "Standard Bsv2 Family vCPUs"),
        ("standardDSv3Family", "Standard DSv3 Family vCPUs"), ("standardDASv5Family", "Standard DASv5 Family vCPUs"),
        ("standardDSv2Family", "Standard DSv2 Family vCPUs"),
    ]

    /// Kubernetes versions, oldest first: minor, patches newest first.
    static let versions: [(minor: String, patches: [String])] = [
        ("1.33", ["1.33.5", "1.33.4"]), ("1.34", ["1.34.1", "1.34.0"]),
    ]

    static let defaultVersion = "1.34"

    static func size(_ name: String) -> Size? {
        sizes.first { $0.name.lowercased() == name.lowercased() }
    }

    /// A region by its name or its display name.
    static func location(_ text: String) -> String? {
        let name = text.lowercased().replacing(" ", with: "")
        return locations.first { $0.name == name }?.name
    }

    /// The patch that a wanted version means; an empty one means the default.
    static func patch(_ version: String) -> String? {
        if version.isEmpty { return patch(defaultVersion) }
        return versions.lazy.compactMap { minor, patches in
            minor == version ? patches.first : patches.first { $0 == version }
        }.first
    }
}
