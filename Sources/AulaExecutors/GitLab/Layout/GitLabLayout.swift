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
        root =
            blueprint.resources.first { $0.address.system == .gitlab && $0.address.kind == "group" }?.address
            ?? .gitlab("group", blueprint.cohort.name)
        var wanted: [String: Address] = [:]
        for resource in blueprint.resources where resource.address.system == .gitlab {
            guard ["group", "project"].contains(resource.address.kind), let path = resource.body["path"]?.string,
                let slash = resource.address.path.lastIndex(of: "/")
            else { continue }
            wanted[Self.name(resource.address.kind, resource.address.path[..<slash], path)] = resource.address
        }
        self.wanted = wanted
        openVariables = Set(
            blueprint.resources.filter { resource in
                resource.address.system == .gitlab && resource.address.kind == "variable"
                    && resource.late.allSatisfy { !$0.secret }
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
    func place(_ kind: String, _ things: [JSON], parents: inout [Int: Address]) -> [Placed] {
        var placed: [Placed] = []
        var taken: Set<Address> = []
        let described = things.map { ($0, MarkedDescription($0["description"]?.string)) }
        for (json, description) in described {
            guard let key = ownKey(description) else { continue }
            var address = Address.gitlab(kind, key)
            if !taken.insert(address).inserted { address = Self.numbered(address, json) }
            placed.append(Placed(address: address, json: json, description: description))
            if kind == "group", let id = json["id"]?.int { parents[id] = address }
        }
        for (json, description) in described where ownKey(description) == nil {
            let holder = json["parent_id"]?.int ?? json["namespace"]?["id"]?.int
            guard let holder, let parent = parents[holder], let path = json["path"]?.string else { continue }
            var address: Address
            if let expected = wanted[Self.name(kind, parent.path[...], path)] {
                address = expected
            } else if description.mark?.isSameEdition(as: mark) == true {
                address = .gitlab(kind, "\(parent.path)/\(path)")
            } else {
                continue
            }
            if !taken.insert(address).inserted { address = Self.numbered(address, json) }
            placed.append(Placed(address: address, json: json, description: description))
            if kind == "group", let id = json["id"]?.int { parents[id] = address }
        }
        return placed
    }

    private func ownKey(_ description: MarkedDescription) -> String? {
        description.mark?.isSameEdition(as: mark) == true ? description.key : nil
    }

    static func numbered(_ address: Address, _ json: JSON) -> Address {
        Address("\(address.text)#\(json["id"]?.int ?? 0)")
    }

    private static func name(_ kind: String, _ parent: Substring, _ path: String) -> String {
        "\(kind) \(parent)/\(path.lowercased())"
    }
}

extension Address {
    /// Group, environment and component as a GitLab address spells them.
    var gitlabSlot: Slot {
        let words = path.split(separator: "#").first?.split(whereSeparator: { $0 == "/" || $0 == "@" }).map(String.init)
        guard let words, words.count > 1 else { return Slot() }
        func word(_ index: Int) -> String? { words.count > index ? words[index] : nil }
        return switch kind {
        case "deployToken": Slot(group: words[1], environment: word(2))
        case "variable": Slot(group: words[1], environment: word(4), component: word(2))
        case "project", "environment", "cluster":
            Slot(group: words[1], environment: word(3), component: word(2))
        default: Slot(group: words[1])
        }
    }
}
