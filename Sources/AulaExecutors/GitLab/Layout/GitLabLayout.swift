import AulaModel

/// Where the blueprint expects groups and projects, to know a live one again.
///
/// What aula remembers wins: a number that lies where it lay is the thing itself, whatever is written on it. Without
/// memory, a mark's `key=` counts only where it names a thing of the very group that this one lies in, because GitLab
/// copies descriptions into forks and a team can write any; and without such a key a thing is the blueprint's child
/// with its path. Two that would be the same one are neither: nothing is read from them, and nothing written.
struct GitLabLayout {
    let mark: Mark
    let root: Address
    private let wanted: [String: Address]
    /// What is remembered, by kind and number.
    private let remembered: [ResourceKind: [Int: Address]]
    private let isRemembered: Set<Address>

    /// Whatever any of the memories, which are copies of one another, knows is known.
    init(_ blueprint: Blueprint, _ memories: [ClassMemory] = []) {
        mark = blueprint.mark
        var remembered: [ResourceKind: [Int: Address]] = [:]
        for (address, number) in memories.flatMap(\.numbers) {
            remembered[address.kind, default: [:]][number] = address
        }
        self.remembered = remembered
        isRemembered = Set(memories.flatMap(\.numbers.keys))
        root = blueprint.cohort.rootGroupAddress
        var wanted: [String: Address] = [:]
        for resource in blueprint.resources where resource.address.system == .gitlab {
            guard [.gitlabGroup, .gitlabProject].contains(resource.address.kind),
                let path = resource.body["path"]?.string, let parent = Self.parentPath(of: resource.address)
            else { continue }
            wanted[Self.name(resource.address.kind, parent, path)] = resource.address
        }
        self.wanted = wanted
    }

    /// What became of the live groups or projects.
    struct Placement {
        var placed: [Placed] = []
        /// Things that several say to be, and why nothing is done about them.
        var gaps: [Observation.Gap] = []
        /// Copies of a mark, and what is not where it was.
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
        var level = LevelClaims(kind: kind)
        for json in things {
            guard let parent = (json["parent_id"]?.int ?? json["namespace"]?["id"]?.int).flatMap({ parents[$0] }) else {
                continue
            }
            let description = MarkedDescription(json["description"]?.string)
            let claim = Claim(
                json: json, id: try json.number("id"), container: parent, description: description,
                isMarked: description.mark?.isSameEdition(as: mark) == true,
                expected: json["path"]?.string.flatMap { wanted[Self.name(kind, parent.path[...], $0)] })
            add(claim, to: &level, &result)
        }
        level.settle(into: &result, mark)
    }

    private func add(_ claim: Claim, to level: inout LevelClaims, _ result: inout Placement) {
        if let address = remembered[level.kind]?[claim.id] {
            guard Self.parentPath(of: address) == claim.container.path[...] else {
                result.notices.append(claim.moved(level.kind, from: address))
                level.squat(claim, as: nil)
                return
            }
            return level.add(claim, address, .same)
        }
        let key = claim.isMarked ? claim.description.key : nil
        let named = key.flatMap { Self.child($0, level.kind, of: claim.container) }
        // What somebody deleted has lost its path.
        guard let address = named ?? (claim.deletedOn == nil ? claim.expected : nil) else {
            if claim.isMarked { result.notices.append(claim.copy(level.kind)) }
            return
        }
        if key != nil, named == nil { result.notices.append(claim.copy(level.kind)) }
        level.add(claim, address, isRemembered.contains(address) ? .other : .none)
    }

    /// The thing that a key names, where that lies directly in the group.
    private static func child(_ key: String, _ kind: ResourceKind, of parent: Address) -> Address? {
        let name = key.dropFirst(parent.path.count + 1)
        guard key.hasPrefix(parent.path + "/"), !name.isEmpty, name.allSatisfy({ !"/@#%".contains($0) }) else {
            return nil
        }
        return parent.gitlab(kind, String(name))
    }

    private static func parentPath(of address: Address) -> Substring? {
        let path = address.path
        return path.lastIndex(of: "/").map { path[..<$0] }
    }

    private static func depth(_ json: JSON) -> Int { json.gitlabPath.count { $0 == "/" } }

    private static func name(_ kind: ResourceKind, _ parent: Substring, _ path: String) -> String {
        "\(kind) \(parent)/\(path.lowercased())"
    }
}
