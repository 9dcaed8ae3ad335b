import AulaModel
import AulaPlanner
package import AulaReadiness
import AulaTokens
package import Foundation

/// How a class is doing, for people and for programs.
package struct StatusReport: Report, Sendable {
    package var status: ClassStatus
    /// For what has expired by now.
    package var now: Date
    package var style: Style
    /// Whether groups that are alike are shown once.
    package var detail: PlanReport.Detail

    package init(
        _ status: ClassStatus, now: Date, style: Style = .plain, detail: PlanReport.Detail = .full
    ) {
        self.status = status
        self.now = now
        self.style = style
        self.detail = detail
    }

    /// Whether a command may end with 0.
    package var isWell: Bool { status.isWell && !status.tokens.contains { $0.expiry.isOver(at: now) } }

    /// The last line.
    package var footer: String {
        let ready = status.items.count(where: \.isReady)
        let total = Humane.count(status.items.count, "component")
        let ending = status.tokens.count { $0.expiry.daysLeft(at: now) != nil }
        let soon =
            "\(Humane.count(ending, "token")) \(ending == 1 ? "ends" : "end") within \(TokenExpiry.warning) days"
        guard !isWell else {
            let elsewhere = status.plan.strays.isEmpty ? nil : " (where the file points)"
            let part = status.plan.part.map { " (\(PlainText.oneLine($0)))" } ?? elsewhere
            let what = part.map { "what was looked at\($0)" } ?? "the class"
            return
                (status.items.isEmpty
                ? "What was looked at\(part ?? "") matches the cohort file; no component was among it"
                : "All is well. \(ready) of \(total) ready; \(what) matches the cohort file")
                + (ending > 0 ? "; \(soon)." : ".")
        }
        var parts = ["\(ready) of \(total) ready"]
        let changes = status.plan.changes.count
        if changes > 0 { parts.append("\(Humane.count(changes, "difference")) from the cohort file") }
        let unread = status.plan.blocked.count
        if unread > 0 { parts.append("\(Humane.count(unread, "resource")) could not be read") }
        let over = status.tokens.count { $0.expiry.isOver(at: now) }
        if over > 0 { parts.append("\(Humane.count(over, "token")) expired") }
        if ending > 0 { parts.append(soon) }
        let part = status.plan.part.map { " in what was looked at (\(PlainText.oneLine($0)))" } ?? ""
        return "Not all is well\(part): \(parts.joined(separator: ", "))."
    }
}

extension TokenExpiry {
    func words(at now: Date) -> String {
        switch self {
        case .never: "does not expire"
        case .unreadable: "has no token yet"
        case .at(let end):
            "\(end <= now ? "expired" : "expires") \(end.formatted(.iso8601))"
                + (daysLeft(at: now).map { $0 == 0 ? ", today" : ", in \(Humane.count($0, "day"))" } ?? "")
        }
    }
}

extension ClassStatus.Item {
    /// The state in one word, as programs read it.
    var word: String {
        switch state {
        case .live(.ready): "ready"
        case .live(.progressing): "progressing"
        case .live(.failing): "failing"
        case .missing: "missing"
        case .unknown: "unknown"
        }
    }

    /// Why, or what else there is to say.
    var reason: String? {
        switch state {
        case .live(let readiness): readiness.text
        case .missing: nil
        case .unknown(let reason): reason
        }
    }

    /// `Deployment api`.
    var name: String {
        "\(address.kind.name) \(address.name)"
    }

    /// Why the last push did not arrive: `the last push failed in deploy-test, and …`.
    var failedPush: String? {
        guard let push else { return nil }
        let jobs = push.failedJobs.isEmpty ? "" : " in \(Humane.list(push.failedJobs, atMost: 3))"
        let isBack = slot.environment.map { push.failedJobs.contains("deploy-\($0)") } == true
        let page = push.page.map { ", see \($0)" } ?? ""
        return "the last push failed\(jobs)\(isBack ? ", and the version before it runs" : "")\(page)"
    }

    /// What pipelines decided: `registry/api:7, 2 replicas, set by gitlab-deployer`.
    var delivery: String? {
        guard let delivered, !delivered.isPlaceholder else { return nil }
        var parts = delivered.images
        if let replicas = delivered.replicas { parts.append(Humane.count(replicas, "replica")) }
        if let manager = delivered.setBy { parts.append("set by \(manager)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
