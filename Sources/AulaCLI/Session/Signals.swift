import AulaEngine
import Dispatch
import Foundation

/// Ctrl-C: the first one lets what is in flight finish, the second one stops waiting for it.
final class Signals {
    private let source: any DispatchSourceSignal

    init(
        _ interruption: Interruption, onFirst: @escaping @Sendable () -> Void, onSecond: @escaping @Sendable () -> Void
    ) {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            if interruption.isRequested {
                onSecond()
            } else {
                interruption.request()
                onFirst()
            }
        }
        source.resume()
    }

    deinit {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
