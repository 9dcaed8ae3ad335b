/// How long a lock lives without a word from its holder, and how often the holder gives one.
package struct LockTerms: Hashable, Sendable {
    /// From a renewal to the lapse; the clocks of two teachers may differ by as much as two renewals.
    package var life: Duration
    /// From one renewal to the next.
    package var beat: Duration

    package init(life: Duration = .seconds(60), beat: Duration = .seconds(10)) {
        self.life = life
        self.beat = beat
    }

    /// How long a write may wait for its answer: half of the life, so that the other half is there to start it in.
    package var longestWrite: Duration { life / 2 }
}
