package import AulaModel
package import AulaTokens
package import Foundation

/// The tokens of a class: whose they are, since when, until when.
package struct TokenReport: Report, Sendable {
    package var cohort: Cohort
    package var tokens: [DeployerToken]
    package var now: Date
    package var style: Style

    package init(_ cohort: Cohort, _ tokens: [DeployerToken], now: Date, style: Style = .plain) {
        self.cohort = cohort
        self.tokens = tokens
        self.now = now
        self.style = style
    }

    package var text: String {
        guard !tokens.isEmpty else { return "No tokens: `aula apply` makes them." }
        var table = Table(columns: [
            .init(title: "Namespace"), .init(title: "Gen", alignsRight: true), .init(title: "State", expendability: 1),
            .init(title: "Made", expendability: 2), .init(title: "Expires"), .init(title: ending, expendability: 3),
        ])
        table.rows = tokens.map { .cells(cells($0)) }
        return table.lines(style).joined(separator: "\n")
    }

    package var document: Document {
        Document(
            title: "Tokens of \(cohort.name)",
            [
                .table(
                    Document.Grid(
                        [
                            .init("Namespace", key: "namespace"),
                            .init("Generation", key: "generation", alignsRight: true), .init("State", key: "state"),
                            .init("Made", key: "made"), .init("Expires", key: "expires"), .init(ending),
                        ], tokens.map { cells($0).map { .init($0) } }))
            ])
    }

    package var data: JSON {
        var value: JSON = [
            "format_version": .int(ReportFormat.version), "cohort": .string(cohort.name),
            "tokens": .array(tokens.map(data)),
        ]
        if let term = cohort.term { value["term_end"] = .string(term.range.to.description) }
        return value
    }

    private func data(_ token: DeployerToken) -> JSON {
        var value: JSON = [
            "namespace": .string(token.namespace), "secret": .string(token.address.path), "live": .bool(token.isLive),
            "generation": .int(token.generation), "state": .string(state(token)),
        ]
        if let group = token.slot.group { value["group"] = .string(group) }
        if let environment = token.slot.environment { value["environment"] = .string(environment) }
        if let made = token.made { value["made"] = .string(made) }
        if let expires = token.expires { value["expires"] = .string(expires) }
        if let date = Self.date(token.expires), let end = termEnd { value["lasts_the_term"] = .bool(date >= end) }
        return value
    }

    private func cells(_ token: DeployerToken) -> [String] {
        [
            PlainText.oneLine(token.namespace), "\(token.generation)", state(token),
            PlainText.oneLine(day(token.made) ?? ""),
            token.expires.map { PlainText.oneLine(day($0) ?? $0) } ?? "never", againstTerm(token),
        ]
    }

    private var ending: String { cohort.term.map { "Term ends \($0.range.to)" } ?? "Term" }
    private var termEnd: Date? { cohort.term.map { $0.range.to.start(in: $0.timeZone) } }

    private func state(_ token: DeployerToken) -> String {
        if token.secret == nil { return "waits for its token" }
        if let date = Self.date(token.expires), date <= now { return "expired" }
        return token.isLive ? "live" : "to be revoked"
    }

    private func againstTerm(_ token: DeployerToken) -> String {
        guard let expires = token.expires else { return "revoked with its namespace" }
        guard let date = Self.date(expires), let end = termEnd else { return "the file names no term" }
        let days = Int((end.timeIntervalSince(date) / 86_400).rounded(.up))
        return days > 0 ? "ends \(days) day\(days == 1 ? "" : "s") too early" : "lasts"
    }

    private func day(_ text: String?) -> String? {
        guard let text, let date = Self.date(text) else { return text }
        return date.formatted(.iso8601.year().month().day().dateSeparator(.dash))
    }

    private static func date(_ text: String?) -> Date? { text.flatMap { try? Date($0, strategy: .iso8601) } }
}
