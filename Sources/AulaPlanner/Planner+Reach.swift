import AulaModel

/// What a template makes of the whole cluster, or hands out beyond what a deploy needs, is shown, and needs a consent.
extension Planner {
    mutating func checkReach() {
        let selected = selection()
        let wide = blueprint.reach.filter { selected?.contains($0.address) ?? true }
        // One sentence for what is alike in every namespace.
        var firsts: [String: (first: Blueprint.WideReach, count: Int)] = [:]
        var order: [String] = []
        for reach in wide {
            let key = "\(reach.address.kind.name) \(reach.words)"
            if firsts[key] == nil { order.append(key) }
            firsts[key] = (firsts[key]?.first ?? reach, (firsts[key]?.count ?? 0) + 1)
        }
        for key in order {
            guard let (reach, count) = firsts[key] else { continue }
            let others = count > 1 ? " (and \(count - 1) more like it)" : ""
            diagnostics.append(
                Diagnostic(
                    options.allowClusterWide ? .warning : .error,
                    "\(reach.address)\(others) reaches beyond its team: \(reach.words)", at: reach.position,
                    hint: options.allowClusterWide
                        ? nil : "see that you trust the template, then run again with --allow-cluster-wide"))
        }
    }
}
