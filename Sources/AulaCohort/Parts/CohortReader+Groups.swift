import AulaModel
import AulaYAML

extension CohortReader {
    /// The most groups of one cohort.
    static let groupLimit = 10_000

    /// `groups:` as a number, which gives g1, g2, …, or as a list.
    mutating func groups(in root: Fields, components: [Component]) -> [Group] {
        guard let node = root["groups"] else {
            missing("groups", in: root, hint: "write groups: 7, or a list of names")
            return []
        }
        switch node.value {
        case .scalar:
            let count = number("groups", in: root, 1...Self.groupLimit) ?? 0
            return (0..<count).map { Group(name: "g\($0 + 1)", key: "g\($0 + 1)", path: "g\($0 + 1)") }
        case .mapping:
            mistyped(node, "groups", expected: "a number or a list", hint: "put a dash before each group")
            return []
        case .list(let items):
            guard (1...Self.groupLimit).contains(items.count) else {
                error("`groups` lists \(items.count) groups; 1 to \(Self.groupLimit) are possible", at: node.position)
                return []
            }
            let groups = items.enumerated().map { group($1, at: "groups[\($0)]", components: components) }
            checkTwins(zip(groups, items).compactMap { group, item in group.map { ($0, item.position) } })
            return groups.compactMap { $0 }
        }
    }

    private mutating func group(_ node: YAMLNode, at path: String, components: [Component]) -> Group? {
        if case .scalar = node.value {
            guard !node.isNull else {
                error("a group without a name", at: node.position, hint: "write its name behind the dash")
                return nil
            }
            return text(node, path).flatMap { named($0, was: nil, path, at: node.position) }
        }
        guard let fields = fields(of: node, at: path, GroupKeys.set) else {
            return nil
        }
        let members = members(in: fields)
        let overrides = overrides(in: fields, of: components)
        let was = text("was", in: fields)
        let site = value(GroupKeys.site, in: fields)
        guard let position = fields["name"]?.position else {
            error("a group without a name", at: node.position, hint: "add name: NAME")
            return nil
        }
        guard let name = text("name", in: fields), var group = named(name, was: was, path, at: position) else {
            return nil
        }
        group.members = members
        group.overrides = overrides
        group.site = site
        if site != nil { note(fields.position(of: "site"), of: "groups.\(group.key).site") }
        return group
    }

    private mutating func named(_ name: String, was: String?, _ path: String, at position: SourcePosition) -> Group? {
        guard let slug = slug(of: name, path, at: position) else { return nil }
        let first = was.map { self.slug(of: $0, path + ".was", at: position) } ?? slug
        guard let first else { return nil }
        note(position, of: "groups.\(first)")
        return Group(name: name, key: first, path: slug)
    }

    /// Names that were different become the same as soon as they are written in small letters without accents.
    private mutating func checkTwins(_ groups: [(group: Group, position: SourcePosition)]) {
        var keys: [String: (name: String, position: SourcePosition)] = [:]
        var paths = keys
        for (group, position) in groups {
            let sameKey = keys.updateValue((group.name, position), forKey: group.key)
            let samePath = paths.updateValue((group.name, position), forKey: group.path)
            guard let twin = sameKey ?? samePath else { continue }
            let shared = sameKey == nil ? group.path : group.key
            let problem =
                twin.name == group.name
                ? "the group \(quoted(group.name)) is listed twice"
                : "the groups \(quoted(twin.name)) and \(quoted(group.name)) are both `\(shared)`"
            error(problem, at: position, hint: "the other one is in line \(twin.position.line)")
        }
    }

    private mutating func members(in fields: Fields) -> [String] {
        var members: [String] = []
        for (index, item) in (items("members", in: fields) ?? []).enumerated() {
            guard let member = text(item, "\(fields.path).members[\(index)]") else { continue }
            if !Form.member.matches(member) {
                error(
                    "\(quoted(member)) is neither a GitLab user name nor an e-mail address", at: item.position,
                    hint: member.hasPrefix("@") ? "leave the @ out" : nil)
            } else if members.contains(member) {
                error("the member \(quoted(member)) is listed twice", at: item.position)
            } else {
                members.append(member)
            }
        }
        return members
    }
}
