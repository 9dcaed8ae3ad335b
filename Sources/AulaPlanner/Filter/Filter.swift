package import AulaModel
import Foundation

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

    /// Patterns for groups as people write them, by the names in the file or by the keys that are made of them, several
    /// with commas, as patterns for keys.
    ///
    /// A pattern that fits nothing stays as it is.
    package static func groups(_ patterns: [String], in cohort: Cohort) -> [Glob] {
        func keys(_ pattern: String) -> [String] {
            let (glob, slug) = (Glob(pattern), Glob(Slug.ofPattern(pattern)))
            return cohort.groups.filter { group in
                [group.key, group.path].contains { glob.matches($0) || slug.matches($0) } || glob.matches(group.name)
            }.map(\.key)
        }
        func globs(_ pattern: String) -> [Glob] {
            let found = keys(pattern)
            // What fits by itself keeps its words in sentences about the part that was looked at.
            return Set(found) == Set(cohort.groups.map(\.key).filter(Glob(pattern).matches))
                ? [Glob(pattern)] : found.map { Glob($0) }
        }
        return patterns.flatMap { pattern in
            let parts = pattern.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return parts.count > 1 && keys(pattern).isEmpty ? parts.flatMap(globs) : globs(pattern)
        }
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
