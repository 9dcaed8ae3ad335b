package import AulaModel

/// How many things a list of changes adds, changes and takes away.
package struct ChangeCounts: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    /// Deleted and replaced things, and those that go with what they live inside.
    package var destroyed = 0
    /// GitLab projects that are kept, but closed.
    package var archived = 0
    /// Things that aula did not make and only takes its mark off.
    package var released = 0

    package init(_ changes: [Change]) {
        for change in changes {
            switch change.action {
            case .create: added += 1
            case .update: changed += 1
            case .replace:
                added += 1
                destroyed += 1 + change.contents
            case .delete: destroyed += 1 + change.contents
            case .archive: archived += 1
            case .release: released += 1
            }
        }
    }

    /// Everything that a plan shows with a minus.
    package var removed: Int { destroyed + archived + released }

    /// `3 to add, 1 to change`, without what is zero.
    var toDo: String {
        [(added, "add"), (changed, "change"), (removed, "destroy")].filter { $0.0 > 0 }
            .map { "\($0.0) to \($0.1)" }.joined(separator: ", ")
    }
}
