import AulaModel
import OrderedCollections

extension Planner {
    /// A group that goes as a whole beside one that comes as a whole is often one team with a new name, which would lose
    /// everything it has.
    mutating func suspectRenames() {
        guard options.purpose == .apply, options.filter.isEmpty, options.rotating.isEmpty else { return }
        let known = Set(blueprint.cohort.groups.map(\.key))
        var goes: Set<String> = []
        var comes: Set<String> = []
        var stays: Set<String> = []
        for change in changes.values {
            guard let group = change.slot.group else { continue }
            switch change.action {
            case .create: comes.insert(group)
            case .delete, .archive, .release: if !known.contains(group) { goes.insert(group) }
            case .update, .replace: stays.insert(group)
            }
        }
        guard !goes.isEmpty, !comes.isEmpty else { return }
        stays.formUnion(observation.present.values.compactMap(\.slot.group))
        comes.subtract(stays)
        guard let old = goes.min(), let group = blueprint.cohort.groups.first(where: { comes.contains($0.key) }) else {
            return
        }
        func named(_ names: Set<String>) -> String {
            let first = names.sorted().prefix(3).map { "`\($0)`" }.joined(separator: ", ")
            return names.count > 3 ? "\(first) and \(names.count - 3) more" : first
        }
        diagnostics.append(
            Diagnostic(
                .warning, "\(named(goes)) would go with all they have, and \(named(comes)) would come",
                at: blueprint.cohort.positions["groups.\(group.key)"] ?? blueprint.cohort.positions["groups"],
                hint: "a team with a new name keeps what it has with `{ name: \(group.name), was: \(old) }`"))
    }
}
