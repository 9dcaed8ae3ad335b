/// The changes that lead from an observation to a blueprint.
package struct Plan: Sendable, Equatable, Codable {
    package enum Purpose: String, Sendable, Codable {
        case apply
        case destroy
    }

    package var purpose: Purpose
    package var mark: Mark
    /// The systems and places that the changes go to, for the first lines that the user reads.
    package var targets: [Target]
    /// In an order that respects `dependsOn`.
    package var changes: [Change]
    /// What is not planned because the world could not be read, or because it waits for something that could not.
    package var blocked: [Blocked]
    /// Foreign things that keep their container alive (destroy), or that hold a name of ours (apply: an error).
    package var foreign: [Foreign]
    /// Containers of ours that would go, but stay because of what is in them.
    package var kept: [Address]
    /// What the class has in systems that its file named once and names no more: it stays.
    package var strays: [Target]
    /// Errors forbid a run; warnings are shown.
    package var diagnostics: [Diagnostic]
    /// How many resources are as they should be.
    package var unchanged: Int
    /// Which part of the class was looked at, in words; nil for the whole.
    package var part: String?
    /// Whether the user allows what is lost.
    package var allowsDataLoss: Bool

    package init(
        purpose: Purpose, mark: Mark, targets: [Target] = [], changes: [Change], blocked: [Blocked] = [],
        foreign: [Foreign] = [], kept: [Address] = [], strays: [Target] = [], diagnostics: [Diagnostic] = [],
        unchanged: Int = 0, part: String? = nil, allowsDataLoss: Bool = false
    ) {
        self.purpose = purpose
        self.mark = mark
        self.targets = targets
        self.changes = changes
        self.blocked = blocked
        self.foreign = foreign
        self.kept = kept
        self.strays = strays
        self.diagnostics = diagnostics
        self.unchanged = unchanged
        self.part = part
        self.allowsDataLoss = allowsDataLoss
    }

    package var isEmpty: Bool { changes.isEmpty }
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A system and the place in it, in words: `azure`, `subscription 0000…, resource group memo2, cluster …`.
package struct Target: Hashable, Sendable, Codable {
    package var system: System
    package var description: String

    package init(system: System, description: String) {
        self.system = system
        self.description = description
    }
}
