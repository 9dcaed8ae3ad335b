import AulaModel
import AulaPlanner
package import AulaReadiness
package import Foundation

/// How a class is doing, for people and for programs.
package struct StatusReport: Report, Sendable {
    package var status: ClassStatus
    /// For what has expired by now.
    package var now: Date
    package var style: Style

    package init(_ status: ClassStatus, now: Date, style: Style = .plain) {
        self.status = status
        self.now = now
        self.style = style
    }

    /// Whether a command may end with 0.
    package var isWell: Bool { status.isWell && !status.tokens.contains { $0.isOver(at: now) } }

    /// The last line.
    package var footer: String {
        let ready = status.items.count(where: \.isReady)
        let total = Humane.count(status.items.count, "component")
        guard !isWell else {
            return status.items.isEmpty
                ? "What was looked at matches the cohort file; no component was among it."
                : "All is well. \(ready) of \(total) ready; the class matches the cohort file."
        }
        var parts = ["\(ready) of \(total) ready"]
        let changes = status.plan.changes.count
        if changes > 0 { parts.append("\(Humane.count(changes, "difference")) from the cohort file") }
        let unread = status.plan.blocked.count
        if unread > 0 { parts.append("\(Humane.count(unread, "resource")) could not be read") }
        let over = status.tokens.count { $0.isOver(at: now) }
        if over > 0 { parts.append("\(Humane.count(over, "token")) expired") }
        return "Not all is well: \(parts.joined(separator: ", "))."
    }
}

extension TokenState {
    func isOver(at now: Date) -> Bool { if case .at(let end) = expiry { end <= now } else { false } }

    func words(at now: Date) -> String {
        switch expiry {
        case .never: "does not expire"
        case .unreadable: "has no token yet"
        case .at(let end): "\(end <= now ? "expired" : "expires") \(end.formatted(.iso8601))"
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

    /// What pipelines decided: `registry/api:7, 2 replicas, set by gitlab-deployer`.
    var delivery: String? {
        guard let delivered, !delivered.isPlaceholder else { return nil }
        var parts = delivered.images
        if let replicas = delivered.replicas { parts.append(Humane.count(replicas, "replica")) }
        if let manager = delivered.setBy { parts.append("set by \(manager)") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
