import AulaModel

/// What the sandbox's Azure offers: regions, machine sizes, versions.
enum AzureCatalogue {
    /// Name and display name: the name is the display name in lower case without its spaces.
    static let locations = places.replacing("\n", with: " ").split(separator: ", ").map { title in
        (name: title.lowercased().replacing(" ", with: ""), title: String(title))
    }

    /// The regions that have prices of their own in the public price list of June 2026.
    private static let places = """
        Australia Central, Australia Central 2, Australia East, Australia Southeast, Austria East, Belgium Central,
        Brazil South, Brazil Southeast, Canada Central, Canada East, Central India, Central US, Chile Central,
        East Asia, East US, East US 2, France Central, France South, Germany North, Germany West Central,
        Indonesia Central, Israel Central, Italy North, Japan East, Japan West, Jio India Central, Jio India West,
        Korea Central, Korea South, Malaysia West, Mexico Central, New Zealand North, North Central US, North Europe,
        Norway East, Norway West, Poland Central, Qatar Central, South Africa North, South Africa West,
        South Central US, South India, Southeast Asia, Spain Central, Sweden Central, Sweden South,
        Switzerland North, Switzerland West, UAE Central, UAE North, UK South, UK West, West Central US, West Europe,
        West India, West US, West US 2, West US 3
        """

    struct Size: Sendable {
        var name: String
        var cores: Int
        var memoryGB: Int
        var dataDisks: Int
        /// `amd64` or `arm64`.
        var architecture: String
        /// As quotas name it.
        var family: String
        /// US dollars an hour, Linux, for the answers about cost.
        var hourly: Double
    }

    static let sizes = table.replacing("\n", with: " ").split(separator: "; ").compactMap { row -> Size? in
        let words = row.split(separator: " ").map(String.init)
        guard words.count == 7, let cores = Int(words[1]), let memory = Int(words[2]), let disks = Int(words[3]) else {
            return nil
        }
        return Size(
            name: "Standard_\(words[0])", cores: cores, memoryGB: memory, dataDisks: disks, architecture: words[4],
            family: words[5] + "Family", hourly: Double(words[6]) ?? 0)
    }

    /// Size, vCPUs, GiB, data disks, architecture, quota family, US dollars an hour in westus (else in eastus).
    ///
    /// Sizes: kubernetes-sigs/azuredisk-csi-driver (2026-05-23) and kubernetes/autoscaler (2026-03-17). Prices:
    /// Azure/karpenter-provider-azure 2b431da (2026-06-18), Linux, pay as you go.
    private static let table = """
        B1s 1 1 2 amd64 standardBS 0.0124; B1ms 1 2 2 amd64 standardBS 0.0248; B2s 2 4 4 amd64 standardBS 0.0496;
        B2ms 2 8 4 amd64 standardBS 0.0992; B4ms 4 16 8 amd64 standardBS 0.198; B8ms 8 32 16 amd64 standardBS 0.397;
        B2s_v2 2 8 4 amd64 standardBsv2 0.0992; B2ls_v2 2 4 4 amd64 standardBsv2 0.0496;
        B2ts_v2 2 1 4 amd64 standardBsv2 0.0124; B4s_v2 4 16 8 amd64 standardBsv2 0.198;
        B4ls_v2 4 8 8 amd64 standardBsv2 0.176; B8s_v2 8 32 16 amd64 standardBsv2 0.397;
        B8ls_v2 8 16 16 amd64 standardBsv2 0.351; B2as_v2 2 8 4 amd64 standardBasv2 0.0892;
        B2als_v2 2 4 4 amd64 standardBasv2 0.0446; B2ats_v2 2 1 4 amd64 standardBasv2 0.0112;
        B4as_v2 4 16 8 amd64 standardBasv2 0.178; B4als_v2 4 8 8 amd64 standardBasv2 0.158;
        B8as_v2 8 32 16 amd64 standardBasv2 0.357; B8als_v2 8 16 16 amd64 standardBasv2 0.316;
        B2ps_v2 2 8 4 arm64 standardBpsv2 0.08; B2pls_v2 2 4 4 arm64 standardBpsv2 0.04;
        B2pts_v2 2 1 4 arm64 standardBpsv2 0.01; B4ps_v2 4 16 8 arm64 standardBpsv2 0.16;
        B4pls_v2 4 8 8 arm64 standardBpsv2 0.142; B8ps_v2 8 32 16 arm64 standardBpsv2 0.32;
        D2s_v3 2 8 4 amd64 standardDSv3 0.117; D4s_v3 4 16 8 amd64 standardDSv3 0.234;
        D2s_v4 2 8 4 amd64 standardDSv4 0.112; D4s_v4 4 16 8 amd64 standardDSv4 0.224;
        D2as_v4 2 8 4 amd64 standardDASv4 0.112; D2s_v5 2 8 4 amd64 standardDSv5 0.112;
        D4s_v5 4 16 8 amd64 standardDSv5 0.224; D8s_v5 8 32 16 amd64 standardDSv5 0.448;
        D2ds_v5 2 8 4 amd64 standardDDSv5 0.133; D2as_v5 2 8 4 amd64 standardDASv5 0.101;
        D4as_v5 4 16 8 amd64 standardDASv5 0.202; D8as_v5 8 32 16 amd64 standardDASv5 0.404;
        D2ads_v5 2 8 4 amd64 standardDADSv5 0.122; D4ads_v5 4 16 8 amd64 standardDADSv5 0.244;
        D2ps_v5 2 8 4 arm64 standardDPSv5 0.0896; D4ps_v5 4 16 8 arm64 standardDPSv5 0.179;
        D2ps_v6 2 8 8 arm64 StandardDpsv6 0.082; D4ps_v6 4 16 12 arm64 StandardDpsv6 0.164;
        D2pls_v6 2 4 8 arm64 StandardDplsv6 0.0726; D2s_v6 2 8 8 amd64 StandardDsv6 0.118;
        D4s_v6 4 16 12 amd64 StandardDsv6 0.235; D2as_v6 2 8 4 amd64 standardDav6 0.107;
        D4as_v6 4 16 8 amd64 standardDav6 0.213; D2ads_v6 2 8 4 amd64 standardDadv6 0.134;
        E2s_v3 2 16 4 amd64 standardESv3 0.148; E2s_v5 2 16 4 amd64 standardESv5 0.14;
        E2as_v5 2 16 4 amd64 standardEASv5 0.126; E4s_v5 4 32 8 amd64 standardESv5 0.28;
        F2s_v2 2 4 4 amd64 standardFSv2 0.106; F4s_v2 4 8 8 amd64 standardFSv2 0.212;
        DS2_v2 2 7 8 amd64 standardDSv2 0.14; D2_v2 2 7 8 amd64 standardDv2 0.14;
        A2_v2 2 4 4 amd64 standardAv2 0.0903; A4_v2 4 8 8 amd64 standardAv2 0.191
        """

    static let families: [(name: String, title: String)] = {
        var seen: Set<String> = []
        return sizes.map(\.family).filter { seen.insert($0).inserted }.map { name in
            let series = name.dropFirst("standard".count).dropLast("Family".count)
            return (name, "Standard \(series) Family vCPUs")
        }
    }()

    /// Kubernetes versions, oldest first: minor, patches newest first, and whether only the long-term support has it.
    static let versions: [(minor: String, patches: [String], isLongTerm: Bool)] = [
        ("1.33", ["1.33.8", "1.33.7"], true), ("1.34", ["1.34.5", "1.34.0"], false),
        ("1.35", ["1.35.3", "1.35.2"], false), ("1.36", ["1.36.2", "1.36.1"], false),
        ("1.37", ["1.37.1", "1.37.0"], false),
    ]

    static let defaultVersion = "1.35"
    static let nodeImage = "AKSUbuntu-2404gen2containerd-202611.09.0"

    /// Versions of the interfaces that are named where one is asked for; any other well-formed one is understood too.
    static let apiVersions = [
        "2026-06-01", "2026-03-01", "2025-10-01", "2025-08-01", "2024-11-01", "2022-09-01", "2021-04-01",
    ]

    /// All regions as errors list them.
    static let names = locations.map(\.name).joined(separator: ",")

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
        return versions.lazy.compactMap { minor, patches, _ in
            minor == version ? patches.first : patches.first { $0 == version }
        }.first
    }

    /// What a patch can be upgraded to: newer patches of its minor version, and those of the next one.
    static func upgrades(of patch: String) -> [String] {
        guard let position = versions.firstIndex(where: { $0.patches.contains(patch) }) else { return [] }
        let newer = versions[position].patches.prefix { $0 != patch }
        let next = position + 1 < versions.count ? versions[position + 1].patches : []
        return newer + next
    }
}
