package import AulaModel

/// Which part of a cohort a command looks at: `--group`, `--env`, `--component`, `--only`.
package struct Filter: Sendable, Hashable, Codable {
    package var groups: [Glob]
    package var environments: [Glob]
    package var components: [Glob]
    /// Empty means all.
    package var systems: Set<System>

    package init(
        groups: [Glob] = [], environments: [Glob] = [], components: [Glob] = [], systems: Set<System> = []
    ) {
        self.groups = groups
        self.environments = environments
        self.components = components
        self.systems = systems
    }

    package var isEmpty: Bool {
        groups.isEmpty && environments.isEmpty && components.isEmpty && systems.isEmpty
    }

    /// What a sentence about a part of the class calls it, such as `group g1, kubernetes`; nil for the whole class.
    package var words: String? {
        guard !isEmpty else { return nil }
        let globs = [("group", groups), ("environment", environments), ("component", components)]
        let named = globs.compactMap { noun, globs in
            globs.isEmpty ? nil : "\(noun) \(globs.map(\.text).joined(separator: " or "))"
        }
        let rest = systems.isEmpty ? [] : [systems.sorted().map(\.rawValue).joined(separator: " and ")]
        return (named + rest).joined(separator: ", ")
    }

    /// Whether a thing is inside the filter by itself.
    ///
    /// What is shared has no group, so a `--group` leaves it out; the planner adds what the chosen things need.
    package func includes(_ address: Address, _ slot: Slot) -> Bool {
        (systems.isEmpty || systems.contains(address.system))
            && Self.matches(slot.group, groups)
            && Self.matches(slot.environment, environments)
            && Self.matches(slot.component, components)
    }

    private static func matches(_ value: String?, _ globs: [Glob]) -> Bool {
        guard !globs.isEmpty else { return true }
        guard let value else { return false }
        return globs.contains { $0.matches(value) }
    }
}
