import AulaModel
import AulaYAML
import Foundation

extension CohortReader {
    /// `term:` and `pauses:`; nil where the file names no term.
    mutating func term(in root: Fields) -> Term? {
        guard let node = root["term"] else {
            if let pauses = root["pauses"] {
                error("`pauses` needs a `term` that they are inside of", at: pauses.position)
            }
            return nil
        }
        guard let fields = fields(of: node, at: "term", TermKeys.set) else { return nil }
        let timeZone = timeZone(in: fields)
        let range = days(TermKeys.start, TermKeys.end, in: fields)
        let pauses = pauses(in: root, term: range)
        guard let timeZone, let range else { return nil }
        return Term(range: range, timeZone: timeZone, pauses: pauses)
    }

    private mutating func timeZone(in fields: Fields) -> TimeZone? {
        guard let name = value(TermKeys.timezone, in: fields) else { return .gmt }
        if name == "UTC" { return .gmt }
        let known = TimeZone.knownTimeZoneIdentifiers
        if known.contains(name), let zone = TimeZone(identifier: name) { return zone }
        let hint =
            Spelling.hint(for: name, among: known)
            ?? known.first { $0.hasSuffix("/" + name.replacing(" ", with: "_")) }.map { "write \($0)" }
            ?? "write a name such as America/Argentina/Buenos_Aires, Europe/Madrid or UTC"
        error("unknown time zone \(quoted(name))", at: fields.position(of: "timezone"), hint: hint)
        return nil
    }

    /// Inside the term, in order of time, without overlap.
    private mutating func pauses(in root: Fields, term: DayRange?) -> [Term.Pause] {
        var found: [(pause: Term.Pause, position: SourcePosition)] = []
        for (index, item) in (items("pauses", in: root) ?? []).enumerated() {
            let path = "pauses[\(index)]"
            guard let fields = fields(of: item, at: path, PauseKeys.set) else { continue }
            let reason = value(PauseKeys.reason, in: fields)
            guard let range = days(PauseKeys.from, PauseKeys.to, in: fields) else { continue }
            if let term, range.from < term.from || range.to > term.to {
                error(
                    "the pause \(range.from) – \(range.to) is not inside the term \(term.from) – \(term.to)",
                    at: item.position)
            }
            found.append((Term.Pause(range: range, reason: reason), item.position))
        }
        found.sort { $0.pause.range.from < $1.pause.range.from }
        for (earlier, later) in zip(found, found.dropFirst()) where later.pause.range.from < earlier.pause.range.to {
            error(
                "the pause from \(later.pause.range.from) begins before the one from \(earlier.pause.range.from) ends",
                at: later.position, hint: "the other one is in line \(earlier.position.line)")
        }
        return found.map(\.pause)
    }

    /// Two days of which the first is earlier.
    private mutating func days(_ first: Key<Day>, _ second: Key<Day>, in fields: Fields) -> DayRange? {
        let from = day(first, in: fields)
        let to = day(second, in: fields)
        guard let from, let to else { return nil }
        guard from < to else {
            error(
                "`\(fields.path(to: second.name))` (\(to)) must be later than `\(first.name)` (\(from))",
                at: fields.position(of: second.name),
                hint: "`\(first.name)` is inclusive, `\(second.name)` exclusive")
            return nil
        }
        return DayRange(from: from, to: to)
    }

    private mutating func day(_ day: Key<Day>, in fields: Fields) -> Day? {
        let key = day.name
        guard let node = fields[key] else {
            missing(key, in: fields, hint: "write a day such as \(key): 2020-12-07")
            return nil
        }
        return self.day(node, fields.path(to: key))
    }
}
