package import AulaModel

/// Which part of a cohort a command looks at: `--group`, `--env`, `--component`, `--only`.
package struct Filter: Sendable, Hashable {
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

    /// Whether a thing is inside the filter by itself.
    ///
    /// What is shared has no group, so a `--group` leaves it out; the planner adds what the chosen things need.
    package func includes(_ address: Address, _ placement: Placement) -> Bool {
        (systems.isEmpty || systems.contains(address.system))
            && Self.matches(placement.group, groups)
            && Self.matches(placement.environment, environments)
            && Self.matches(placement.component, components)
    }

    private static func matches(_ value: String?, _ globs: [Glob]) -> Bool {
        guard !globs.isEmpty else { return true }
        guard let value else { return false }
        return globs.contains { $0.matches(value) }
    }
}

/// A pattern with `*` (anything) and `?` (one character).
package struct Glob: Sendable, Hashable {
    package var pattern: String

    package init(_ pattern: String) {
        self.pattern = pattern
    }

    package func matches(_ text: String) -> Bool {
        let pattern = Array(pattern)
        let text = Array(text)
        var patternIndex = 0
        var textIndex = 0
        var retry: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == "*" {
                retry = (patternIndex + 1, textIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count,
                pattern[patternIndex] == "?" || pattern[patternIndex] == text[textIndex]
            {
                patternIndex += 1
                textIndex += 1
            } else if let back = retry {
                retry = (back.pattern, back.text + 1)
                patternIndex = back.pattern
                textIndex = back.text + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == "*" }
    }
}
