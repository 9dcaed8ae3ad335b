package import AulaModel
import AulaPlanner
import AulaReadiness
import AulaTokens
import Foundation

extension StatusReport {
    /// The status for programs.
    package var data: JSON {
        var value = whole
        if let part = status.plan.part { value["part"] = .string(part) }
        return value
    }

    private var whole: JSON {
        [
            "format_version": .int(ReportFormat.version),
            "cohort": .string(status.mark.cohort),
            "id": .string(status.mark.id),
            "well": .bool(isWell),
            "components": .array(status.items.map(\.reported)),
            "tokens": .array(status.tokens.map { $0.reported(at: now) }),
            "drift": .array(status.plan.changes.map(\.reported)),
            "unknown": .array(
                status.gaps.map { ["prefix": .string($0.part.prefix), "reason": .string($0.text)] }),
            "summary": .string(footer),
        ]
    }
}

extension ClassStatus.Item {
    fileprivate var reported: JSON {
        var value = slot.reported
        value["address"] = .string(address.text)
        value["state"] = .string(word)
        if let reason { value["reason"] = .string(reason) }
        if let push {
            value["failed_push"] = [
                "jobs": .array(push.failedJobs.map { .string($0) }), "page": push.page.map { .string($0) } ?? .null,
            ]
        }
        guard let delivered else { return value }
        value["images"] = .array(delivered.images.map { .string($0) })
        value["placeholder"] = .bool(delivered.isPlaceholder)
        if let replicas = delivered.replicas { value["replicas"] = .int(replicas) }
        if let manager = delivered.setBy { value["set_by"] = .string(manager) }
        return value
    }
}

extension DeployerToken {
    fileprivate func reported(at now: Date) -> JSON {
        var value = slot.reported
        value["address"] = .string(address.text)
        switch expiry {
        case .never: value["expires"] = .null
        case .at(let date):
            value["expires"] = .string(date.formatted(.iso8601))
            if let days = expiry.daysLeft(at: now) { value["days_left"] = .int(days) }
        case .unreadable: value["unreadable"] = true
        }
        return value
    }
}
