import AulaModel

/// Where the blueprint expects groups and projects, to know a live one again.
///
/// A live group or project gets the address that its `key=` names; without one, that of the blueprint's child with
/// its path below the same parent; else, when it is ours, an address made of its path.
struct GitLabLayout {
    let cohort: String
    let mark: Mark
    let root: Address
    private let wanted: [String: Address]
    /// Variables whose values anybody may see.
    let openVariables: Set<Address>

    init(_ blueprint: Blueprint) {
        cohort = blueprint.cohort.name
        mark = blueprint.mark
        root = blueprint.cohort.rootGroupAddress
        var wanted: [String: Address] = [:]
        for resource in blueprint.resources where resource.address.system == .gitlab {
            guard [.gitlabGroup, .gitlabProject].contains(resource.address.kind),
                let path = resource.body["path"]?.string,
                let slash = resource.address.path.lastIndex(of: "/")
            else { continue }
            wanted[Self.name(resource.address.kind, resource.address.path[..<slash], path)] = resource.address
        }
        self.wanted = wanted
        openVariables = Set(
            blueprint.resources.filter { resource in
                resource.address.is(.gitlabVariable) && resource.late.allSatisfy { !$0.secret }
            }.map(\.address))
    }

    /// A live group or project with the address it goes by.
    struct Placed {
        var address: Address
        var json: JSON
        var description: MarkedDescription
    }

    /// Gives every group or project of one kind its address; those that are neither ours nor in our way get none.
    ///
    /// - Parameters:
    ///   - kind: `group` or `project`.
    ///   - things: parents before children.
    ///   - parents: the addresses of groups by their number; placed groups are added.
    /// - Returns: those with an address.
    func place(_ kind: ResourceKind, _ things: [JSON], parents: inout [Int: Address]) -> [Placed] {
        var placed: [Placed] = []
        var taken: Set<Address> = []
        let described = things.map { ($0, MarkedDescription($0["description"]?.string)) }
        for (json, description) in described {
            guard let key = ownKey(description) else { continue }
            var address = Address(kind, key)
            if !taken.insert(address).inserted { address = Self.numbered(address, json) }
            placed.append(Placed(address: address, json: json, description: description))
            if kind == .gitlabGroup, let id = json["id"]?.int { parents[id] = address }
        }
        for (json, description) in described where ownKey(description) == nil {
            let holder = json["parent_id"]?.int ?? json["namespace"]?["id"]?.int
            guard let holder, let parent = parents[holder], let path = json["path"]?.string else { continue }
            var address: Address
            if let expected = wanted[Self.name(kind, parent.path[...], path)] {
                address = expected
            } else if description.mark?.isSameEdition(as: mark) == true {
                address = parent.gitlab(kind, path)
            } else {
                continue
            }
            if !taken.insert(address).inserted { address = Self.numbered(address, json) }
            placed.append(Placed(address: address, json: json, description: description))
            if kind == .gitlabGroup, let id = json["id"]?.int { parents[id] = address }
        }
        return placed
    }

    private func ownKey(_ description: MarkedDescription) -> String? {
        description.mark?.isSameEdition(as: mark) == true ? description.key : nil
    }

    static func numbered(_ address: Address, _ json: JSON) -> Address {
        address.numbered(json["id"]?.int ?? 0, after: "#")
    }

    private static func name(_ kind: ResourceKind, _ parent: Substring, _ path: String) -> String {
        "\(kind) \(parent)/\(path.lowercased())"
    }
}
