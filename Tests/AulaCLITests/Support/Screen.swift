import Synchronization

@testable import AulaCLI

/// What a command prints in a test, and who answers its questions.
final class Screen: Sendable {
    private let texts = Mutex<(output: String, error: String)>(("", ""))
    private let answers: Mutex<[String]?>

    /// Nobody sits there without answers.
    init(answers: [String]? = nil) { self.answers = Mutex(answers) }

    func text(_ stream: Terminal.Stream) -> String {
        texts.withLock { stream == .output ? $0.output : $0.error }
    }

    var terminal: Terminal {
        Terminal(
            write: { text, stream in
                self.texts.withLock {
                    switch stream {
                    case .output: $0.output += text
                    case .error: $0.error += text
                    }
                }
            },
            screen: { _ in nil }, isInteractive: answers.withLock { $0 != nil },
            readLine: { self.answers.withLock { $0?.isEmpty == false ? $0?.removeFirst() : nil } })
    }
}
