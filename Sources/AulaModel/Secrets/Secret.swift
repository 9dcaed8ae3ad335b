import Foundation
import Synchronization

/// A text that nobody may read by accident: a password, a token, a key.
///
/// It cannot be encoded, hashed or printed: whoever interpolates, dumps or reflects it gets `[secret]`. It may be
/// compared, in memory. Where it is born it becomes known to `scrub`, through which everything goes that this process
/// prints, so that it is taken out even of what another program says.
package struct Secret: Sendable, Equatable {
    private let text: String

    /// A secret that this process made, was given or asked for: known to `scrub` from now on.
    package init(_ text: String) {
        self.text = text
        Self.known.withLock { $0.insert(text) }
    }

    /// A secret that others may have written: what is too short for a password, or is a sentence, is not scrubbed.
    ///
    /// Otherwise whoever may write a Secret could take the words `DATA LOSS` out of every line.
    package init(found text: String) {
        self.text = text
        let isSentence = text.utf8.count < 16 || text.contains { $0 == " " }
        if !isSentence { Self.known.withLock { $0.insert(text) } }
    }

    /// A secret that is compared and passed on, but that nobody made in this run: not known to `scrub`.
    package init(unlisted text: String) {
        self.text = text
    }

    /// The text itself, for the request that carries it.
    package var revealed: String { text }

    package var isEmpty: Bool { text.isEmpty }

    /// What stands in its stead.
    package static let replacement = ScrubTable.replacement

    private static let known = Mutex(ScrubTable())

    /// A text without any secret that this process knows.
    package static func scrub(_ text: String) -> String { known.withLock { $0.scrub(text) } }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { Self.replacement }
    package var debugDescription: String { Self.replacement }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
