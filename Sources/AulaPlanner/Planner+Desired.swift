import AulaModel
import AulaTokens
import OrderedCollections

extension Planner {
    /// Creations, updates and replacements, in the blueprint's order: whatever a resource needs is decided before it.
    mutating func planDesired() {
        let selected = selection()
        let remade = sourcesToRemake(selected)
        for resource in blueprint.resources {
            if let selected, !selected.contains(resource.address) { continue }
            if let selected, let outside = unmetNeed(of: resource, outside: selected) {
                block(resource, .leftOut(outside))
                continue
            }
            plan(resource, remade[resource.address])
        }
    }

    /// Something that a resource needs, that is not there, and that this run was told not to make.
    private func unmetNeed(of resource: Resource, outside selected: Set<Address>) -> Address? {
        guard observation.present[resource.address] == nil else { return nil }
        return resource.needs.first {
            !selected.contains($0) && blueprint[$0] != nil && observation.present[$0] == nil
        }
    }

    /// Sources whose secret can be read only at birth, and whose destination has to be written: made again, and why.
    private func sourcesToRemake(_ selected: Set<Address>?) -> [Address: String] {
        var result: [Address: String] = [:]
        for resource in blueprint.resources {
            guard selected?.contains(resource.address) ?? true, resource.late.contains(where: \.once) else { continue }
            let isGone = isInsideGoing(resource, going)
            let live = isGone ? nil : observation.present[resource.address]
            let isIncomplete = resource.late.contains { field in
                guard let live, live.mark != nil else { return true }
                let value = live.value(at: field.path)
                guard !field.once, field.compared else { return value == nil }
                let wanted = field.value.resolved { observation.present[$0]?.outputs[$1] }
                return wanted.map { $0.revealed != value?.revealed } ?? false
            }
            guard isIncomplete else { continue }
            if !isGone, live == nil, case .unknown = observation.presence(of: resource.address) { continue }
            let reason = isGone ? "what holds its secret goes" : "its secret was never delivered"
            for field in resource.late where field.once {
                for source in field.value.sources { result[source] = reason }
            }
        }
        return result
    }

    /// `remade` says why it is made again, where something else wants that.
    private mutating func plan(_ resource: Resource, _ remade: String?) {
        let address = resource.address
        if !blocked.isEmpty, let cause = resource.needs.first(where: { blocked[$0] != nil }) {
            let root = roots[cause] ?? cause
            roots[address] = root
            return block(resource, .waits(root))
        }
        // What lives in something that is made again, or is on its way out, is gone by then.
        if isInsideGoing(resource, going) {
            return add(resource, .create, reason: reason(forMakingAnew: resource))
        }
        switch observation.presence(of: address) {
        case .unknown(let reason): block(resource, .unread(reason))
        case .absent: planAbsent(resource)
        case .present(let observed): planPresent(resource, observed, remade)
        }
    }

    /// Whether a thing is on its way out already.
    func isLeaving(_ container: Address) -> Bool {
        if case .leaving = observation.present[container]?.transition { true } else { false }
    }

    private mutating func planAbsent(_ resource: Resource) {
        if resource.lifecycle.existing {
            diagnostics.append(
                Diagnostic(
                    .error, "\(resource.address) does not exist, but the file lists it under `existing:`",
                    hint: "correct its name, or take it out of `existing:` so that aula makes it"))
            return
        }
        if !resource.lifecycle.generated.isEmpty, let volume = survivingVolume(beside: resource) {
            diagnostics.append(
                Diagnostic(
                    .error, "\(resource.address) is gone, but \(volume) still holds data that its password opens",
                    hint: "restore the Secret; a new password would not open the old data"))
            return
        }
        // A token that follows on another one was never there.
        let isSuccessor = tokens.superseded.values.contains(resource.address)
        add(resource, .create, reason: isSuccessor ? nil : absentees.reason(for: resource))
    }

    /// A claim of the same component in the same namespace that outlived its password.
    private func survivingVolume(beside resource: Resource) -> Address? {
        guard let container = resource.container, observation.present[container] != nil else { return nil }
        let dependants = blueprint.resources.filter {
            $0.lifecycle.holdsData && $0.container == container && $0.dependsOn.contains(resource.address)
        }
        guard !dependants.isEmpty else { return nil }
        return observation.present.first {
            $0.key.is(.claim) && $0.value.container == container
                && $0.value.slot.component == resource.slot.component
        }?.key
    }

    private mutating func planPresent(_ resource: Resource, _ observed: Observed, _ remade: String?) {
        var reason = observed.hasLostMark ? "somebody took aula's mark away" : nil
        if let mark = observed.mark {
            guard mark.isSameEdition(as: blueprint.mark) else {
                diagnostics.append(
                    Diagnostic(
                        severity(ofFinding: resource),
                        "\(resource.address) belongs to cohort \(mark.cohort), id \(mark.id)",
                        hint: "give this cohort another name, or destroy the other one with its own file"))
                return block(resource, .othersCohort)
            }
        } else if resource.lifecycle.existing {
            reason = "exists already: marked, and left in place at the end"
        } else if options.adopt.contains(resource.address) {
            reason = "adopted\(owner(of: observed).map { " from \($0)" } ?? "")"
        } else {
            diagnostics.append(
                Diagnostic(
                    severity(ofFinding: resource),
                    "\(resource.address) exists already and is not aula's\(owner(of: observed).map { ": \($0) made it" } ?? "")",
                    hint: "rename it, or take it over with --adopt \(resource.address)"))
            return block(resource, .taken)
        }
        switch observed.transition {
        case .leaving(let state):
            return add(resource, .create, observed: observed, reason: "\(state): waits until it is gone")
        case .inProgress(let state): reason = "\(state): waits until it is settled"
        case .failed(let message) where isOurs(resource, observed):
            return add(
                resource, .replace, observed: observed, reason: "the service gave up: \(message)")
        case .failed(let message):
            diagnostics.append(
                Diagnostic(
                    .warning, "\(resource.address): the service gave up: \(message)",
                    hint: "mend it with the service's own tools: it was there before aula, which does not make it again"
                ))
        case nil: break
        }
        var fields = resource.lifecycle.existing ? [] : fields(of: resource, observed)
        if resource.address.isContainer, !isOurs(resource, observed),
            let fixed = fields.first(where: \.forcesReplacement)
        {
            diagnostics.append(
                Diagnostic(
                    .error, "\(resource.address) was there before aula, and its \(fixed.path) cannot be changed",
                    hint: "write \(fixed.old?.text ?? "its live value") into the file, or name another one"))
            return block(resource, .taken)
        }
        let trigger = resource.lifecycle.replacedWith.first { [.create, .replace].contains(changes[$0]?.action) }
        var keepsData = false
        switch resizing(of: resource) {
        case .none: keepsData = isOnlySize(fields, of: resource)
        case .growth(let volumes):
            grow(volumes, of: resource)
            keepsData = isOnlySize(fields, of: resource)
        case .renewal(let volumes):
            if !fields.contains(where: \.isClaimSize) {
                if let larger = volumes.first(where: \.isLarger) {
                    diagnostics.append(larger.remark)
                    break
                }
                fields += volumes.prefix(1).map {
                    FieldChange(
                        path: "spec.volumeClaimTemplates[0].spec.resources.requests.storage", old: $0.live,
                        new: $0.wanted, forcesReplacement: true)
                }
            }
        }
        if remade != nil || trigger != nil || fields.contains(where: \.forcesReplacement) {
            let why = remade ?? trigger.map { "made again with \($0)" } ?? (keepsData ? "its volumes stay" : nil)
            add(
                resource, .replace, observed: observed, fields: fields, reason: reason ?? why, keepsData: keepsData)
        } else if !fields.isEmpty || reason != nil {
            add(resource, .update, observed: observed, fields: fields, reason: reason)
        } else {
            unchanged += 1
        }
    }

    /// Whether aula made it, and may make it again.
    func isOurs(_ resource: Resource, _ observed: Observed) -> Bool {
        !resource.lifecycle.existing && observed.mark?.origin == .created
    }

    /// What one team can write, into its GitLab group or a namespace that it deploys to, must not stop the class: only
    /// that team is left out.
    private func severity(ofFinding resource: Resource) -> Diagnostic.Severity {
        guard resource.slot.group != nil else { return .error }
        if resource.address.system == .gitlab { return .warning }
        let home = resource.container.flatMap { observation.present[$0] }
        return resource.container?.is(.namespace) == true && home?.mark?.isSameEdition(as: blueprint.mark) == true
            ? .warning : .error
    }

    private func owner(of observed: Observed) -> String? {
        observed.managers.first { $0.name != FieldManager.aula }?.name
    }

    mutating func block(_ resource: Resource, _ cause: Blocked.Cause) {
        blocked[resource.address] = Blocked(.thing(resource.address), slot: resource.slot, cause)
    }

    private mutating func add(
        _ resource: Resource, _ action: Change.Action, observed: Observed? = nil, fields: [FieldChange] = [],
        reason: String? = nil, keepsData: Bool = false
    ) {
        var dataLoss: String?
        if keepsData {
            dataLoss = nil
        } else if action == .replace, let observed, observed.holdsData || resource.lifecycle.holdsData {
            dataLoss = "it is deleted and made again, and the data that it holds is gone"
        } else if action == .replace {
            dataLoss = lossInside(resource.address)
        }
        changes[resource.address] = Change(
            address: resource.address, action: action, slot: resource.slot, desired: resource,
            observed: observed, fields: fields, reason: reason, dataLoss: dataLoss,
            dependsOn: resource.needs.filter { changes[$0] != nil })
    }
}
