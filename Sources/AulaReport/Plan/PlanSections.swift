import AulaModel

/// A plan's changes, gathered by whom they belong to.
struct PlanSections {
    /// Everything of one group, or what all share.
    struct Owner {
        /// Nil for what all groups share.
        var group: String?
        var parts: [Part]

        var changes: [Change] { parts.flatMap(\.changes) }
    }

    /// What an owner has in one environment, or outside of any.
    struct Part {
        var environment: String?
        var changes: [Change]
    }

    /// What is shared first, then the groups in the order in which people count.
    let owners: [Owner]

    init(_ changes: [Change]) {
        var environments: [String: Int] = [:]
        for change in changes {
            guard let name = change.slot.environment, environments[name] == nil else { continue }
            environments[name] = environments.count
        }
        owners = Dictionary(grouping: changes, by: \.slot.group)
            .map { Owner(group: $0, parts: Self.parts(of: $1, environments)) }
            .sorted { left, right in
                guard let first = left.group else { return right.group != nil }
                return right.group.map { NaturalOrder.isBefore(first, $0) } ?? false
            }
    }

    /// Environments stand in the order in which the plan meets them.
    private static func parts(of changes: [Change], _ order: [String: Int]) -> [Part] {
        func position(_ name: String?) -> Int { name.flatMap { order[$0] } ?? -1 }
        return Dictionary(grouping: changes, by: \.slot.environment)
            .map { Part(environment: $0, changes: $1) }
            .sorted { position($0.environment) < position($1.environment) }
    }
}
