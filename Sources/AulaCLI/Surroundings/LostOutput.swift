import Foundation
import Synchronization

/// Whether results could not be written: a full disk, a closed stdout, a reader who left.
final class LostOutput: Sendable {
    private let reason = Mutex<String?>(nil)

    /// The first failure in words; nil while everything has arrived.
    var first: String? { reason.withLock { $0 } }

    func note(_ error: any Error) { reason.withLock { $0 = $0 ?? error.localizedDescription } }
}
