package import AulaModel
package import Foundation

/// Something that at most one run in the world can hold: the cluster's Lease of a cohort, GitLab's variable.
///
/// A lock lives among the cohort's own things, so that it needs no service beside them and goes when they go.
package protocol SharedLock: Sendable {
    /// What it lives in: the namespace, the group.
    var home: Address { get }

    /// Takes the lock unless somebody who lives holds it.
    ///
    /// - Throws: `ExecutionError` where it can be neither taken nor read; `CancellationError`.
    func acquire(as holder: LockHolder) async throws -> LockAnswer

    /// What stands in it, by one request; nil where it is free, or does not say.
    func look() async -> LockNote?
}

/// How a lock answers who wants it.
package enum LockAnswer: Sendable {
    case taken(any HeldLock)
    case busy(LockNote)
    /// Where it would live does not exist yet, or cannot be reached in this run.
    case nowhere
}

/// A lock in hand.
package protocol HeldLock: Sendable {
    /// Says that the holder still lives.
    func renew() async -> Renewal

    /// Gives it back; what cannot be given back lapses.
    func release() async
}

/// What came of a renewal.
package enum Renewal: Sendable {
    case renewed
    /// Somebody else has the lock, or nobody: it is not this run's any more.
    case lost
    /// The server did not say.
    case unanswered
}

/// Who wants a lock.
package struct LockHolder: Sendable {
    /// Such as `ada@laptop process 4711 9020133`: unique among all runs.
    package var name: String
    /// Whether a run of that name is known to have ended, which only its own machine can know.
    package var isDead: @Sendable (String) -> Bool
    package var now: @Sendable () -> Date
    package var terms: LockTerms

    package init(
        name: String, isDead: @escaping @Sendable (String) -> Bool = { _ in false },
        now: @escaping @Sendable () -> Date, terms: LockTerms = LockTerms()
    ) {
        self.name = name
        self.isDead = isDead
        self.now = now
        self.terms = terms
    }

    /// What a lock says that is taken at this moment.
    package var note: LockNote {
        let now = now()
        return LockNote(holder: name, since: now, renewed: now, life: terms.life)
    }

    /// Whether what stands in a lock hinders nobody: ours, a dead run's, or one that was not renewed in time.
    package func mayTakeOver(_ note: LockNote) -> Bool {
        note.holder == name || isDead(note.holder) || now() > note.lapse
    }
}

/// What a holder writes into a lock about itself.
package struct LockNote: Hashable, Sendable {
    package var holder: String
    package var since: Date
    package var renewed: Date
    /// What its holder promised: a lock is judged by its own terms.
    package var life: Duration

    package init(holder: String, since: Date, renewed: Date, life: Duration = LockTerms().life) {
        self.holder = holder
        self.since = since
        self.renewed = renewed
        self.life = life
    }

    /// When it is nobody's any more, unless it is renewed.
    package var lapse: Date { renewed.addingTimeInterval(TimeInterval(life.components.seconds)) }
}
