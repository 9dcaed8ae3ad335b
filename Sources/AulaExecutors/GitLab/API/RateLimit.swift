import AulaEngine
import Foundation
import Synchronization

/// What GitLab said about how many requests it still takes.
///
/// Source: GitLab's documentation of user and IP rate limits: `RateLimit-Remaining` and `RateLimit-Reset` (Unix
/// seconds) with every answer, `Retry-After` (seconds) with 429.
final class RateLimit: Sendable {
    private let resumes = Mutex<Date?>(nil)

    /// Remembers an answer's headers.
    func note(_ response: APIResponse, at now: Date) {
        guard response.headers["ratelimit-remaining"].flatMap({ Int($0) }) == 0,
            let reset = response.headers["ratelimit-reset"].flatMap({ Int($0) })
        else { return }
        let date = min(Date(timeIntervalSince1970: TimeInterval(reset)), now.addingTimeInterval(Self.longest))
        if date > now { resumes.withLock { $0 = max($0 ?? date, date) } }
    }

    /// How long the next request has to wait; nil when it may go.
    func pause(at now: Date) -> Duration? {
        resumes.withLock { resumes in
            guard let date = resumes else { return nil }
            guard date > now else {
                resumes = nil
                return nil
            }
            return .seconds(date.timeIntervalSince(now))
        }
    }

    /// Seconds; GitLab.com's longest is the day of its allowance, and nobody waits longer because a header says so.
    private static let longest: TimeInterval = 86_400

    /// The seconds of a `Retry-After` header; nil where it holds none.
    static func retryAfter(_ response: APIResponse) -> Duration? {
        response.headers["retry-after"].flatMap { Double($0) }.flatMap { seconds in
            seconds >= 0 ? .seconds(min(seconds, longest)) : nil
        }
    }
}
