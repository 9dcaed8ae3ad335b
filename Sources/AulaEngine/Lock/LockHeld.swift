package import Foundation

/// Another run is under way: the run that wanted to write has to wait or to end (exit code 7).
package struct LockHeld: Error, CustomStringConvertible {
    package var holder: String
    /// Nil where the lock does not say it.
    package var since: Date?
    /// How long after its holder's death it lapses; nil where it never does.
    private let life: Duration?

    package init(holder: String, since: Date? = nil, life: Duration? = LockTerms().life) {
        self.holder = holder
        self.since = since
        self.life = life
    }

    package init(_ note: LockNote) {
        self.init(
            holder: note.holder, since: note.since == .distantPast ? nil : note.since,
            life: note.renewed == .distantFuture ? nil : note.life)
    }

    package var description: String {
        let time = since.map { " since \($0.formatted(.iso8601))" } ?? ""
        return "another run works on this cohort: \(holder)\(time)"
    }

    /// What to do about it.
    package var hint: String {
        guard let life else { return "see that no run is under way, then remove it by hand" }
        return "wait until it ends (--lock-timeout 600 waits up to ten minutes), or stop it with Ctrl-C where it runs; "
            + "the lock of a run that died elsewhere lapses after \(life.components.seconds) s"
    }
}
