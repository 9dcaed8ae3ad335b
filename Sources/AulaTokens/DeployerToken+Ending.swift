package import AulaModel
package import Foundation

extension TokenExpiry {
    /// So long before its end a token is a reason to warn.
    package static let warning = 14

    /// Whole days until its end, where that comes within the time of warning; nil where it lasts longer or is over.
    package func daysLeft(at now: Date) -> Int? {
        guard case .at(let end) = self, end > now else { return nil }
        let left = end.timeIntervalSince(now) / 86_400
        return left <= Double(Self.warning) ? Int(left) : nil
    }
}

extension [DeployerToken] {
    /// A warning where tokens in use end within 14 days.
    package func endingSoon(at now: Date) -> [Diagnostic] {
        let ending = filter(\.isLive).compactMap { token in
            token.expiry.daysLeft(at: now).map { (token.namespace, $0) }
        }
        guard let days = ending.map(\.1).min() else { return [] }
        let names = ending.prefix(6).map(\.0).joined(separator: ", ") + (ending.count > 6 ? ", …" : "")
        let first = days == 0 ? "today" : "in \(days) day\(days == 1 ? "" : "s")"
        let sentence =
            ending.count == 1
            ? "1 token ends \(first)"
            : "\(ending.count) tokens end within \(TokenExpiry.warning) days, the first of them \(first)"
        return [
            Diagnostic(
                .warning, "\(sentence): \(names)",
                hint: "`aula tokens rotate` makes new ones before pipelines fail")
        ]
    }
}
