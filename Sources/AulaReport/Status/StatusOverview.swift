import AulaModel
import AulaReadiness
import AulaTokens
import Foundation

/// The beginning of a status: a line for what is shared and for each group, which is enough where all is well.
struct StatusOverview {
    /// One group with its environments, or what is shared.
    struct Owner {
        var group: String?
        var sections: [StatusSections.Section]

        var name: String { group ?? "shared" }
        fileprivate var items: [ClassStatus.Item] { sections.flatMap(\.items) }
        fileprivate var tokens: [DeployerToken] { sections.flatMap(\.tokens) }
    }

    /// With more groups than this, those that are alike share a line.
    private static let mostLines = 24

    let owners: [Owner]
    let now: Date
    let style: Style

    init(_ status: ClassStatus, now: Date, style: Style) {
        var owners: [Owner] = []
        for section in StatusSections(status).all {
            if let last = owners.indices.last, owners[last].group == section.group {
                owners[last].sections.append(section)
            } else {
                owners.append(Owner(group: section.group, sections: [section]))
            }
        }
        self.owners = owners
        self.now = now
        self.style = style
    }

    /// Whether nothing of it needs a look.
    func isWell(_ owner: Owner) -> Bool {
        owner.items.allSatisfy(\.isReady)
            && owner.tokens.allSatisfy { token in
                !token.expiry.isOver(at: now) && token.expiry.daysLeft(at: now) == nil
            }
    }

    var lines: [String] {
        let rows = rows
        let room = min(rows.map { PlainText.width($0.name) }.max() ?? 0, 40)
        return rows.flatMap { row in
            let first = "\(row.sign) \(PlainText.padded(row.name, room))  "
            let indent = String(repeating: " ", count: PlainText.width(first))
            var lines = PlainText.wrapped(row.words, style.width, first: first, rest: indent)
            lines[0] = style.paint(row.sign, row.role) + lines[0].dropFirst(row.sign.count)
            return lines
        }
    }

    private struct Row {
        var name: String
        var sign: String
        var role: Style.Role
        var words: String
    }

    private var rows: [Row] {
        let rows = owners.map(row)
        guard owners.count > Self.mostLines else { return rows }
        var names: [String: [String]] = [:]
        for row in rows { names[row.sign + row.words, default: []].append(row.name) }
        var seen: Set<String> = []
        return rows.filter { seen.insert($0.sign + $0.words).inserted }.map { row in
            var row = row
            row.name = Humane.list(names[row.sign + row.words] ?? [], atMost: 3)
            return row
        }
    }

    private func row(_ owner: Owner) -> Row {
        let (items, tokens) = (owner.items, owner.tokens)
        var words = items.isEmpty ? [] : ["\(items.count(where: \.isReady)) of \(items.count) ready"]
        let waiting = items.count { $0.isReady && $0.delivered?.isPlaceholder == true }
        if waiting > 0 { words.append("\(waiting) without an image from a pipeline") }
        let over = tokens.count { $0.expiry.isOver(at: now) }
        if over > 0 { words.append("\(Humane.count(over, "token")) expired") }
        let ending = tokens.count { $0.expiry.daysLeft(at: now) != nil }
        if ending > 0 { words.append("\(Humane.count(ending, "token")) \(ending == 1 ? "ends" : "end") soon") }
        if words.isEmpty { words = ["no component"] }
        let (sign, role) = sign(items, isOver: over > 0, isEnding: ending > 0)
        return Row(
            name: PlainText.oneLine(owner.name), sign: sign, role: role, words: words.joined(separator: ", "))
    }

    /// The worst of what there is.
    private func sign(_ items: [ClassStatus.Item], isOver: Bool, isEnding: Bool) -> (String, Style.Role) {
        let words = Set(items.map(\.word))
        if isOver || words.contains("failing") || words.contains("missing") { return ("✗", .failure) }
        if words.contains("unknown") { return ("?", .warning) }
        if words.contains("progressing") { return ("…", .changed) }
        return isEnding ? ("!", .warning) : ("✓", .added)
    }
}
