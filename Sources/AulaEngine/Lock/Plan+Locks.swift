package import AulaModel

extension Plan {
    /// The plan with the homes of the locks where they belong: first of all made, last of all taken away.
    ///
    /// A first run has no lock before it has made a home for one. Until then it makes nothing else: what comes first is
    /// the home that needs the fewest changes, then everything waits for it. And a home that goes is the last to go, so
    /// that nobody can begin while this run still takes something down.
    ///
    /// - Parameters:
    ///   - homes: of all locks, in their order.
    ///   - missing: of those that are not held, where none is.
    /// - Returns: the same changes, some of which wait for more.
    package func ordered(aroundHomes homes: [Address], missing: [Address]) -> Plan {
        var plan = self
        var positions: [Address: Int] = [:]
        for (index, change) in changes.enumerated() { positions[change.address] = index }
        let comings = missing.filter { positions[$0].map { changes[$0].desired != nil } ?? false }
        let first = comings.map { ($0, closure(of: $0, positions)) }.min { $0.1.count < $1.1.count }
        if let (home, before) = first {
            for index in plan.changes.indices where !before.contains(plan.changes[index].address) {
                plan.changes[index].dependsOn.append(home)
            }
        }
        for home in homes {
            guard let position = positions[home], changes[position].desired == nil else { continue }
            plan.changes[position].dependsOn += changes.map(\.address).filter {
                $0 != home && $0.system == home.system && $0.site == home.site
                    && !closure(of: $0, positions).contains(home)
            }
        }
        return plan
    }

    /// A change with everything that must be done before it.
    private func closure(of address: Address, _ positions: [Address: Int]) -> Set<Address> {
        var result: Set<Address> = []
        var pending = [address]
        while let next = pending.popLast() {
            guard let position = positions[next], result.insert(next).inserted else { continue }
            pending += changes[position].dependsOn
        }
        return result
    }
}
