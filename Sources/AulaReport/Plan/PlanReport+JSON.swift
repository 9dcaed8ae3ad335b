package import AulaModel

extension PlanReport {
    /// The whole plan for programs, without secrets; `detail` does not matter here.
    package var data: JSON {
        var value = whole
        if let part = plan.part { value["part"] = .string(part) }
        if !plan.strays.isEmpty { value["strays"] = .array(plan.strays.map(\.reported)) }
        return value
    }

    private var whole: JSON {
        [
            "format_version": .int(ReportFormat.version),
            "cohort": .string(plan.mark.cohort),
            "id": .string(plan.mark.id),
            "purpose": .string(plan.purpose.rawValue),
            "targets": .array(plan.targets.map(\.reported)),
            "changes": .array(plan.changes.map(\.reported)),
            "blocked": .array(
                plan.blocked.map { blocked in
                    var value = blocked.slot.reported
                    value["address"] = .string(blocked.part.description)
                    value["reason"] = .string(blocked.reason)
                    return value
                }),
            "foreign": .array(plan.foreign.map(\.reported)),
            "kept": .array(plan.kept.map { .string($0.text) }),
            "diagnostics": .array(plan.diagnostics.map(\.reported)),
            "summary": counts.reported(unchanged: plan.unchanged),
        ]
    }
}

extension Target {
    fileprivate var reported: JSON { ["system": .string(system.rawValue), "description": .string(description)] }
}

extension ChangeCounts {
    func reported(unchanged: Int? = nil) -> JSON {
        var value: JSON = [
            "add": .int(added), "change": .int(changed), "destroy": .int(destroyed), "archive": .int(archived),
            "release": .int(released),
        ]
        if let unchanged { value["unchanged"] = .int(unchanged) }
        return value
    }
}

extension Change {
    /// What identifies a change in every format.
    var named: JSON {
        var value = slot.reported
        value["address"] = .string(address.text)
        value["action"] = .string(action.rawValue)
        return value
    }

    var reported: JSON {
        var value = named
        if !fields.isEmpty { value["fields"] = .array(fields.map(\.reported)) }
        if let reason { value["reason"] = .string(reason) }
        if let dataLoss { value["data_loss"] = .string(dataLoss) }
        if contents > 0 { value["contents"] = .int(contents) }
        if !dependsOn.isEmpty { value["depends_on"] = .array(dependsOn.map { .string($0.text) }) }
        return value
    }
}

extension Slot {
    var reported: JSON {
        var value: JSON = [:]
        if let group { value["group"] = .string(group) }
        if let environment { value["environment"] = .string(environment) }
        if let component { value["component"] = .string(component) }
        return value
    }
}

extension FieldChange {
    var reported: JSON {
        var value: JSON = ["path": .string(path)]
        if let old { value["old"] = old }
        if let new { value["new"] = new }
        if secret { value["sensitive"] = true }
        if knownAfterApply { value["known_after_apply"] = true }
        if forcesReplacement { value["forces_replacement"] = true }
        switch cause {
        case .file: break
        case .drift(let manager): value["changed_by"] = .string(manager)
        case .takenAway: value["taken_away"] = true
        }
        return value
    }
}

extension Foreign {
    var reported: JSON {
        var value: JSON = [
            "address": .string(address.text), "container": .string(container.text), "owner": .string(owner),
            "by_deployer": .bool(byDeployer), "holds_data": .bool(holdsData),
        ]
        if let identity { value["identity"] = .string(identity) }
        return value
    }
}
