extension Observation {
    /// Which addresses a statement is about.
    package enum Part: Hashable, Sendable, Codable {
        /// A whole system, or one site of it.
        case system(System, site: String? = nil)
        /// Everything of one kind, in one site.
        case kind(ResourceKind, site: String? = nil)
        /// What a GitLab group or project has of one kind.
        case inside(Address, ResourceKind)
        case thing(Address)
        /// What others may keep beside our things: of ours nothing is unknown, but no container of them may go.
        case strangers(System, site: String? = nil)

        package var system: System {
            switch self {
            case .system(let system, _), .strangers(let system, _): system
            case .kind(let kind, _), .inside(_, let kind): kind.system
            case .thing(let address): address.system
            }
        }

        /// Whether it is all of a system, or all of one site.
        package var isWhole: Bool { if case .system = self { true } else { false } }

        package func covers(_ address: Address) -> Bool {
            switch self {
            case .system(let system, let site): address.system == system && (site == nil || address.site == site)
            case .kind(let kind, let site): address.is(kind) && (site == nil || address.site == site)
            case .inside(let holder, let kind): address.is(kind) && address.isInside(holder)
            case .thing(let other): address == other
            case .strangers: false
            }
        }

        /// Whether it is about any thing of the kind, or about all of them.
        package func touches(_ kind: ResourceKind) -> Bool {
            switch self {
            case .system(let system, _): kind.system == system
            case .kind(let other, _), .inside(_, let other): kind == other
            case .thing(let address): address.is(kind)
            case .strangers: false
            }
        }
    }
}

extension Observation.Part: Comparable, CustomStringConvertible {
    /// As a pattern of addresses: `kubernetes/Secret/*`.
    package var description: String {
        switch self {
        case .system(let system, let site): "\(Self.words(system, site))/*"
        case .kind(let kind, let site): "\(Self.words(kind.system, site))/\(kind.name)/*"
        case .inside(let holder, let kind): "\(kind)/\(holder.path)/*"
        case .thing(let address): address.text
        case .strangers(let system, let site): "\(Self.words(system, site))/*/*"
        }
    }

    /// What the addresses that it covers begin with.
    package var prefix: String {
        let pattern = description
        return pattern.hasSuffix("*") ? String(pattern.dropLast()) : pattern
    }

    private static func words(_ system: System, _ site: String?) -> String {
        site.map { "\(system.rawValue)@\($0)" } ?? system.rawValue
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
