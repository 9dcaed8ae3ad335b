import AulaModel
import AulaPlanner
import AulaReadiness
import AulaTokens

/// What there is to say of each group and environment.
struct StatusSections {
    struct Section {
        var group: String?
        var environment: String?
        var items: [ClassStatus.Item] = []
        var tokens: [DeployerToken] = []

        var name: String {
            let parts = [group ?? "shared", environment].compactMap(\.self)
            return parts.joined(separator: ", ")
        }
    }

    private struct Key: Hashable {
        var group: String?
        var environment: String?

        init(_ slot: Slot) {
            group = slot.group
            environment = slot.environment
        }
    }

    /// What is shared first, then the groups in the order in which people count, environments as they come.
    let all: [Section]

    init(_ status: ClassStatus) {
        var sections: [Key: Section] = [:]
        var order: [Key] = []
        func section(_ slot: Slot) -> Key {
            let key = Key(slot)
            if sections[key] == nil {
                sections[key] = Section(group: slot.group, environment: slot.environment)
                order.append(key)
            }
            return key
        }
        for item in status.items { sections[section(item.slot)]?.items.append(item) }
        for token in status.tokens { sections[section(token.slot)]?.tokens.append(token) }
        let positions = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        all = order.sorted { left, right in
            guard left.group != right.group else { return positions[left] ?? 0 < positions[right] ?? 0 }
            guard let first = left.group else { return true }
            return right.group.map { NaturalOrder.isBefore(first, $0) } ?? false
        }.compactMap { sections[$0] }
    }
}
