import Foundation

/// What one resource gives to others: a number or an address for everybody to see, or a secret.
package enum Output: Sendable, Equatable {
    case plain(String)
    case secret(Secret)

    /// The text, secret or not, for the request that carries it.
    package var revealed: String {
        switch self {
        case .plain(let text): text
        case .secret(let secret): secret.revealed
        }
    }

    /// Nil for what must not be seen.
    package var plain: String? { if case .plain(let text) = self { text } else { nil } }

    package var isEmpty: Bool { revealed.isEmpty }

    /// Several behind each other: a secret as soon as one of them is.
    package static func joined(_ parts: [Output]) -> Output {
        let text = parts.map(\.revealed).joined()
        return parts.allSatisfy({ $0.plain != nil }) ? .plain(text) : .secret(Secret(unlisted: text))
    }

    package var base64: Output {
        let text = Data(revealed.utf8).base64EncodedString()
        return plain == nil ? .secret(Secret(unlisted: text)) : .plain(text)
    }
}

extension Output: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .plain(value) }
}
