package import AulaModel

/// What is right by itself and yet probably not meant, or not yet of use.
package enum Advice {
    /// Warnings about a cohort, as far as the file and the price book can tell.
    package static func warnings(about cohort: Cohort, _ book: PriceBook) -> [Diagnostic] {
        azure(cohort, book) + members(cohort) + overrides(cohort)
    }

    private static func azure(_ cohort: Cohort, _ book: PriceBook) -> [Diagnostic] {
        guard case .azure(let azure) = cohort.site else { return [] }
        var warnings: [Diagnostic] = []
        let size = azure.cluster.nodeSize
        if book.nodeSizes[size] == nil {
            let known = book.prices.keys.map(\.item).filter { $0.hasPrefix("node/") }.map { String($0.dropFirst(5)) }
            warnings.append(
                Diagnostic(
                    .warning, "the node size `\(size)` is not in the price book: nothing can be fitted or priced",
                    at: cohort.position(of: "azure.cluster.nodeSize"),
                    hint: Spelling.hint(for: size, among: Set(known).sorted())
                        ?? "describe it and its price in a file under templates/prices beside the cohort file"))
        }
        if !book.regions.isEmpty, !book.regions.contains(azure.location) {
            warnings.append(
                Diagnostic(
                    .warning, "the region `\(azure.location)` is not in the price book: nothing can be priced",
                    at: cohort.position(of: "azure.location"),
                    hint: Spelling.hint(for: azure.location, listing: book.regions)))
        }
        return warnings
    }

    private static func members(_ cohort: Cohort) -> [Diagnostic] {
        guard let group = cohort.groups.first(where: { !$0.members.isEmpty }) else { return [] }
        let others = cohort.groups.filter { !$0.members.isEmpty }.count - 1
        return [
            Diagnostic(
                .warning,
                "the members of `\(group.name)`\(others > 0 ? " and of \(others) more" : "") are not used yet",
                at: cohort.positions["groups.\(group.key)"] ?? cohort.position(of: "groups"),
                hint: "invite them in GitLab")
        ]
    }
}
