import AulaModel
import OrderedCollections

/// A container that is made again, or is on its way out, takes along what lives in it: all of that is made anew.
extension Planner {
    /// Those containers, and the ones inside them.
    ///
    /// Known before anything is planned: a secret that can be read only at its birth (a deploy token) is made again
    /// where the object that holds it goes.
    func containersGoing() -> Set<Address> {
        let selected = selection()
        var going: Set<Address> = []
        for resource in blueprint.resources where resource.address.isContainer {
            if let selected, !selected.contains(resource.address) { continue }
            if isInsideGoing(resource, going) || isGoing(resource) { going.insert(resource.address) }
        }
        return going
    }

    func isInsideGoing(_ resource: Resource, _ going: Set<Address>) -> Bool {
        !going.isEmpty && resource.container.map(going.contains) == true
    }

    private func isGoing(_ resource: Resource) -> Bool {
        guard let observed = observation.present[resource.address],
            observed.mark?.isSameEdition(as: blueprint.mark) == true
        else { return false }
        if isLeaving(resource.address) { return true }
        guard isOurs(resource, observed) else { return false }
        switch observed.transition {
        case .failed: return true
        case .inProgress, .leaving: return false
        case nil: break
        }
        // No field of a namespace is fixed.
        guard resource.address.system != .kubernetes else { return false }
        return fields(of: resource, observed).contains(where: \.forcesReplacement)
    }

    /// Why something is made that is there now.
    func reason(forMakingAnew resource: Resource) -> String? {
        observation.present[resource.address] == nil
            ? nil : resource.container.map { "goes with \(root(of: $0)), and is made anew" }
    }

    /// The outermost container around one that goes.
    private func root(of container: Address) -> Address {
        var root = container
        while let next = blueprint[root]?.container, going.contains(next) { root = next }
        return root
    }

    /// Whether a live thing lives in something that goes, at any depth.
    func isInsideGoing(_ observed: Observed) -> Bool {
        !going.isEmpty && containers(from: observed.container).contains(where: going.contains)
    }

    /// A live container and those around it, from the inside out.
    private func containers(from container: Address?) -> some Sequence<Address> {
        sequence(state: container) { next in
            defer { next = next.flatMap { observation.present[$0]?.container } }
            return next
        }
    }

    /// What stands against making a container again: what is not aula's in it, and a filter that leaves out a part of
    /// what would have to be made again.
    mutating func checkReplacements() {
        for change in changes.values where change.action == .replace && change.address.isContainer {
            if let part = options.filter.words {
                diagnostics.append(
                    Diagnostic(
                        .error, "\(change.address) would be made again, and only \(part) of what is in it",
                        hint: "plan the whole class, without a filter"))
            }
            let inside = strangers(in: change.address)
            foreign += inside.filter(\.byDeployer)
            let others = inside.filter { !$0.byDeployer }
            guard !others.isEmpty else { continue }
            let named = others.prefix(3).map { "\($0.address) (\($0.owner))" }.joined(separator: ", ")
            let more = others.count > 3 ? " and \(others.count - 3) more" : ""
            diagnostics.append(
                Diagnostic(
                    .error, "\(change.address) would be made again, and holds what is not aula's: \(named)\(more)",
                    hint: "move it away, or let it go with --with-contents \(change.address)"))
        }
    }

    /// What is not aula's inside a container, at any depth, and may not go with it.
    private func strangers(in container: Address) -> [Foreign] {
        let adopted = observation.present.compactMap { address, observed -> Foreign? in
            guard let mark = observed.mark, mark.isSameEdition(as: blueprint.mark), mark.origin != .created,
                let holder = observed.container, address != container
            else { return nil }
            return Foreign(address: address, container: holder, owner: "it was there before aula")
        }
        return (observation.foreign + adopted.sorted { $0.address < $1.address }).filter { thing in
            let holders = Array(containers(from: thing.container))
            return holders.contains(container) && !holders.contains { options.withContents.contains($0) }
        }
    }
}
