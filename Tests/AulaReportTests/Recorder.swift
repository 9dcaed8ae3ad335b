import AulaEngine
import AulaModel
import AulaReport
import Synchronization

/// A clock that tests set, and everything that was written.
final class Recorder: Sendable {
    private let time = Mutex(Duration.zero)
    private let parts = Mutex<[String]>([])

    var now: Duration { time.withLock(\.self) }
    var text: String { parts.withLock { $0.joined() } }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    func set(_ now: Duration) { time.withLock { $0 = now } }
    func write(_ text: String) { parts.withLock { $0.append(text) } }
}
