import AulaModel

/// Where the blueprint expects groups and projects, to know a live one again.
///
/// GitLab copies descriptions into forks, and a team can write any: so a mark's `key=` counts only where it names a
/// thing of the very group that this one lies in. Without such a key a thing is the blueprint's child with its path.
/// Two that would be the same one are neither: nothing is read from them, and nothing written.
struct GitLabLayout {
    let mark: Mark
    let root: Address
    private let wanted: [String: Address]

    init(_ blueprint: Blueprint) {
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
    }

    /// A live group or project with the address it goes by.
    struct Placed {
        var address: Address
        var json: JSON
        var description: MarkedDescription
        var id: Int
        var container: Address

        /// In the API.
        var path: String { address.is(.gitlabGroup) ? "groups/\(id)" : "projects/\(id)" }
    }

    /// What became of the live groups or projects.
    struct Placement {
        var placed: [Placed] = []
        /// Things that several say to be, and why nothing is done about them.
        var gaps: [Observation.Gap] = []
        /// Copies of a mark.
        var notices: [Diagnostic] = []
    }

    /// Gives the groups or projects of one kind their addresses; those that are neither ours nor in our way get none.
    ///
    /// - Parameters:
    ///   - kind: groups or projects.
    ///   - things: parents before children.
    ///   - parents: the addresses of groups by their number; placed groups are added.
    /// - Returns: those with an address, and what is to be said of the others.
    /// - Throws: `GitLabFailure` for an answer without numbers.
    func place(_ kind: ResourceKind, _ things: [JSON], parents: inout [Int: Address]) throws -> Placement {
        var result = Placement()
        // Children of what was placed a level above: groups are placed level by level.
        for level in Dictionary(grouping: things, by: Self.depth).sorted(by: { $0.key < $1.key }).map(\.value) {
            try place(kind, level, parents, into: &result)
            guard kind == .gitlabGroup else { continue }
            for placed in result.placed { parents[placed.id] = placed.address }
        }
        return result
    }

    private func place(
        _ kind: ResourceKind, _ things: [JSON], _ parents: [Int: Address], into result: inout Placement
    ) throws {
        var claims: [Address: [Placed]] = [:]
        var order: [Address] = []
        var contested: [Address: [String]] = [:]
        for json in things {
            guard let parent = (json["parent_id"]?.int ?? json["namespace"]?["id"]?.int).flatMap({ parents[$0] }) else {
                continue
            }
            let description = MarkedDescription(json["description"]?.string)
            let isMarked = description.mark?.isSameEdition(as: mark) == true
            let expected = json["path"]?.string.flatMap { wanted[Self.name(kind, parent.path[...], $0)] }
            let claimed = isMarked ? description.key.flatMap { Self.child($0, kind, of: parent) } : nil
            guard let address = claimed ?? expected else {
                if isMarked { result.notices.append(Self.copy(kind, json)) }
                continue
            }
            if isMarked, description.key != nil, claimed == nil { result.notices.append(Self.copy(kind, json)) }
            if claims[address] == nil { order.append(address) }
            claims[address, default: []].append(
                Placed(
                    address: address, json: json, description: description, id: try json.number("id"),
                    container: parent))
            // The file gives this path to another one.
            if let expected, expected != address {
                contested[expected, default: []].append(Self.fullPath(json))
                contested[address, default: []] += []
            }
        }
        for (address, holders) in claims where holders.count > 1 { contested[address, default: []] += [] }
        for address in order where contested[address] == nil { result.placed += claims[address] ?? [] }
        for (address, others) in contested.sorted(by: { $0.key < $1.key }) {
            let paths = ((claims[address] ?? []).map { Self.fullPath($0.json) } + others).sorted()
            result.gaps.append(
                Observation.Gap(
                    .thing(address),
                    reason: "GitLab's \(paths.joined(separator: " and ")) cannot be told apart by their descriptions",
                    hint: "take the last line, `\(mark.line) key=…`, out of the description of the one that is a copy"))
        }
    }

    /// The thing that a key names, where that lies directly in the group.
    private static func child(_ key: String, _ kind: ResourceKind, of parent: Address) -> Address? {
        let name = key.dropFirst(parent.path.count + 1)
        guard key.hasPrefix(parent.path + "/"), !name.isEmpty, name.allSatisfy({ !"/@#%".contains($0) }) else {
            return nil
        }
        return parent.gitlab(kind, String(name))
    }

    private static func copy(_ kind: ResourceKind, _ json: JSON) -> Diagnostic {
        Diagnostic(
            .warning,
            "the \(kind.name) \(fullPath(json)) carries a copy of another one's mark: it is ignored",
            hint: "take the last line out of its description")
    }

    private static func fullPath(_ json: JSON) -> String {
        json["full_path"]?.string ?? json["path_with_namespace"]?.string ?? json["path"]?.string ?? ""
    }

    private static func depth(_ json: JSON) -> Int { fullPath(json).count { $0 == "/" } }

    private static func name(_ kind: ResourceKind, _ parent: Substring, _ path: String) -> String {
        "\(kind) \(parent)/\(path.lowercased())"
    }
}
