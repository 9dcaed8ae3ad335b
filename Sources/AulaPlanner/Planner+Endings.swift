import AulaModel
import AulaTokens
import OrderedCollections

extension Planner {
    /// What carries our mark and is not wanted: deleted, archived or un-marked, each by its origin.
    ///
    /// What lives inside something that goes as well is counted, not called. A container with foreign things inside
    /// stays, and with it everything that holds it.
    mutating func planEndings() {
        let doomed = doomedThings()
        guard !doomed.isEmpty else { return }
        let kept = containersToKeep(doomed)
        for address in kept.sorted() where address.isContainer {
            if let observed = doomed[address], ending(of: address, observed) == .delete { self.kept.append(address) }
        }
        var children: [Address: Int] = [:]
        var calls: [Address] = []
        for address in doomed.keys.sorted() {
            guard let observed = doomed[address], !kept.contains(address) || ending(of: address, observed) == .release
            else {
                continue
            }
            if let holder = goingHolder(of: address, doomed, kept) {
                children[holder, default: 0] += 1
            } else {
                calls.append(address)
            }
        }
        for address in calls {
            guard let observed = doomed[address], let action = ending(of: address, observed) else { continue }
            changes[address] = Change(
                address: address, action: action, slot: observed.slot, observed: observed,
                reason: isRevoked(address) && observed.mark?.origin != .created
                    ? "adopted: its token ends for everybody who uses it" : nil,
                dataLoss: action == .delete ? loss(address, observed) : nil, contents: children[address] ?? 0,
                dependsOn: deliveries(before: address))
        }
        orderEndings(calls, doomed)
    }

    private func doomedThings() -> [Address: Observed] {
        let selected = selection()
        var doomed: [Address: Observed] = [:]
        for address in observation.present.keys where options.purpose == .destroy || !blueprint.contains(address) {
            guard let observed = observation.present[address],
                observed.mark?.isSameEdition(as: blueprint.mark) == true,
                options.filter.isEmpty || options.filter.includes(address, observed.slot),
                mayEnd(address, selected)
            else { continue }
            if options.purpose == .apply,
                isLeaving(address) || observed.container.map(isLeaving) == true
                    || isInsideGoing(observed)
            {
                continue
            }
            doomed[address] = observed
        }
        return doomed
    }

    private func ending(of address: Address, _ observed: Observed) -> Change.Action? {
        // What is taken from somebody else stays with him, but a token that stays is not revoked.
        if observed.mark?.origin != .created { return isRevoked(address) ? .delete : .release }
        switch observed.ending {
        case .keep: return nil
        case .archive: return observed.attributes["archived"] == true ? nil : .archive
        case .delete: return .delete
        }
    }

    /// Containers that hold foreign things, or whose inside could not be read, and what those live in.
    private mutating func containersToKeep(_ doomed: [Address: Observed]) -> Set<Address> {
        var kept: Set<Address> = []
        func keep(_ address: Address) {
            var next: Address? = address
            while let current = next, kept.insert(current).inserted { next = doomed[current]?.container }
        }
        for thing in observation.foreign where !thing.byDeployer {
            guard let holder = doomed[thing.container], ending(of: thing.container, holder) == .delete else {
                continue
            }
            let agreed = sequence(first: thing.container) { doomed[$0]?.container }
                .contains { options.withContents.contains($0) }
            if agreed { continue }
            foreign.append(thing)
            keep(thing.container)
        }
        // Ours, but staying: it was there before aula.
        for (address, observed) in doomed where observed.mark?.origin != .created && !isRevoked(address) {
            guard let container = observed.container else { continue }
            let agreed = sequence(first: container) { doomed[$0]?.container }
                .contains { options.withContents.contains($0) }
            if !agreed { keep(container) }
        }
        for gap in observation.gaps where gap.part.system == .kubernetes && !gap.part.isWhole {
            for address in doomed.keys where address.is(.namespace) && !kept.contains(address) {
                blocked[address] = Blocked(
                    .thing(address), slot: doomed[address]?.slot ?? Slot(), .insideUnread(gap.text))
                keep(address)
            }
        }
        foreign += observation.foreign.filter { thing in
            thing.byDeployer && !kept.contains(thing.container)
                && doomed[thing.container].map { ending(of: thing.container, $0) == .delete } == true
        }
        return kept
    }

    /// The nearest thing around it that goes by a call of its own.
    private func goingHolder(of address: Address, _ doomed: [Address: Observed], _ kept: Set<Address>) -> Address? {
        var result: Address?
        var next = doomed[address]?.container
        while let current = next, let observed = doomed[current] {
            if !kept.contains(current), ending(of: current, observed) == .delete { result = current }
            next = observed.container
        }
        // An object of ours that stays (adopted) is released, not swallowed; its holder is kept anyway.
        return doomed[address].map { $0.mark?.origin == .created } == true ? result : nil
    }

    private func loss(_ address: Address, _ observed: Observed) -> String? {
        if observed.holdsData { return "the data that it holds is deleted" }
        return lossInside(address)
    }

    /// What is lost with a container, or nil.
    func lossInside(_ container: Address) -> String? {
        guard container.isContainer else { return nil }
        let volumes = volumesInside[container] ?? 0
        if volumes > 0 { return "\(volumes) volume\(volumes == 1 ? "" : "s") inside" }
        guard container.system == .azure,
            observation.present.contains(where: { $0.key.is(.azureCluster) && $0.value.hasLived }),
            let gap = observation.gaps.first(where: { $0.part.isWhole && $0.part.system == .kubernetes })
        else { return nil }
        return "possible: what is inside could not be read (\(gap.reason))"
    }

    /// How many volumes each container holds, at any depth.
    static func countVolumes(_ observation: Observation) -> [Address: Int] {
        var counts: [Address: Int] = [:]
        func count(from first: Address?) {
            var next = first
            while let current = next {
                counts[current, default: 0] += 1
                next = observation.present[current]?.container
            }
        }
        for (address, observed) in observation.present where observed.holdsData {
            if address.is(.claim) { count(from: observed.container) }
        }
        for foreign in observation.foreign where foreign.holdsData { count(from: foreign.container) }
        return counts
    }

    /// Dependants go before what they need, and everything before what holds it.
    private mutating func orderEndings(_ calls: [Address], _ doomed: [Address: Observed]) {
        let ending = Set(calls).intersection(changes.keys)
        for address in ending.sorted() {
            var before: [Address] = []
            if let resource = blueprint[address] { before += resource.needs }
            if let container = doomed[address]?.container { before.append(container) }
            for need in before where ending.contains(need) && changes[need]?.dependsOn.contains(address) == false {
                changes[need]?.dependsOn.append(address)
            }
        }
    }
}
