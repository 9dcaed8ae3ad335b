import AulaModel
import Foundation

/// The requests of each user in the present window, for the `RateLimit-…` headers.
struct GitLabTraffic: Sendable {
    private struct Window: Sendable {
        var start: Date
        var observed: Int
    }

    private var windows: [Int: Window] = [:]

    /// - Throws: 429 with `Retry-After` when the window is used up.
    mutating func count(_ user: GitLabInstance.User, limit: GitLabSettings.Throttle, now: Date) throws {
        var window = windows[user.id] ?? Window(start: now, observed: 0)
        if now.timeIntervalSince(window.start) >= Double(limit.seconds) { window = Window(start: now, observed: 0) }
        window.observed += 1
        windows[user.id] = window
        guard window.observed > limit.requests else { return }
        let wait = Double(limit.seconds) - now.timeIntervalSince(window.start)
        throw GitLabFailure(
            status: 429,
            headers: headers(user, limit: limit, now: now) + [("Retry-After", String(Int(wait.rounded(.up))))],
            text: "Retry later\n")
    }

    func headers(
        _ user: GitLabInstance.User, limit: GitLabSettings.Throttle, now: Date
    ) -> [(name: String, value: String)] {
        let window = windows[user.id] ?? Window(start: now, observed: 0)
        let reset = Int(window.start.timeIntervalSince1970) + limit.seconds
        return [
            ("RateLimit-Limit", String(limit.requests)), ("RateLimit-Name", "throttle_authenticated_api"),
            ("RateLimit-Observed", String(window.observed)),
            ("RateLimit-Remaining", String(max(limit.requests - window.observed, 0))),
            ("RateLimit-Reset", String(reset)),
        ]
    }
}
