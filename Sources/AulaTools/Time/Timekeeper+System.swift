package import AulaEngine
import Foundation

extension Timekeeper {
    /// This machine's clocks.
    ///
    /// `ContinuousClock` is `CLOCK_BOOTTIME` on Linux and `mach_continuous_time` on macOS: a closed lid does not stop it.
    package static var system: Timekeeper {
        let clock = ContinuousClock()
        let begin = clock.now
        return Timekeeper(
            now: { Date() }, elapsed: { clock.now - begin }, sleep: { try await Task.sleep(for: $0, clock: clock) })
    }
}
