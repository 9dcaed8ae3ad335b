import AulaModel

/// The body of a plan: what changes for whom.
struct OwnerLines {
    /// Up to so many plain creations are listed by address even in a brief plan.
    private static let listed = 8

    var style: Style
    var detail: PlanReport.Detail
    var purpose: Plan.Purpose

    func lines(_ sections: PlanSections) -> [String] {
        var blocks: [[String]] = []
        for alike in alike(sections.owners) {
            guard let first = alike.first else { continue }
            var parts = first.parts.map { [heading(first, $0)] + lines($0.changes) }
            if alike.count > 1 {
                let names = PlainText.safe(Humane.list(alike.dropFirst().compactMap(\.group), atMost: 8))
                let text =
                    "\(names): the same \(Humane.count(first.changes.count, "change"))\(alike.count > 2 ? " each" : "")"
                parts.append(PlainText.wrapped(text, style.width).map { style.paint($0, .heading) })
            }
            blocks += parts
        }
        return Array(blocks.joined(separator: [""]))
    }

    private func heading(_ owner: PlanSections.Owner, _ part: PlanSections.Part) -> String {
        let name = PlainText.safe(
            [owner.group ?? "shared", part.environment].compactMap(\.self).joined(separator: ", "))
        return style.paint(name, .heading) + style.paint("  " + ChangeCounts(part.changes).toDo, .quiet)
    }

    private func lines(_ changes: [Change]) -> [String] {
        let single = ChangeLines(style: style, detail: detail == .full)
        let countable = changes.filter(isCountable)
        guard detail == .brief, countable.count > Self.listed else { return changes.flatMap(single.lines) }
        return counted(countable, single) + changes.filter { !isCountable($0) }.flatMap(single.lines)
    }

    /// Whether a count says enough: something new, or at the end of the term something that just goes.
    private func isCountable(_ change: Change) -> Bool {
        guard change.dataLoss == nil, change.reason == nil, change.contents == 0 else { return false }
        return switch change.action {
        case .create: true
        case .delete, .archive: purpose == .destroy
        case .update, .replace, .release: false
        }
    }

    /// One line for each system and action: `+ 23 in kubernetes: ConfigMap ×2, Deployment ×2, …`.
    private func counted(_ changes: [Change], _ single: ChangeLines) -> [String] {
        Change.Action.allCases.flatMap { action in
            System.allCases.flatMap { system -> [String] in
                let some = changes.filter { $0.action == action && $0.address.system == system }
                guard !some.isEmpty else { return [] }
                let kinds = Dictionary(grouping: some, by: \.address.kind.name).sorted { $0.key < $1.key }
                let names = kinds.map { $1.count > 1 && kinds.count > 1 ? "\($0) ×\($1.count)" : $0 }
                let verb = action == .archive ? " archived" : ""
                let text = "\(some.count)\(verb) in \(system.rawValue): \(names.joined(separator: ", "))"
                var lines = PlainText.wrapped(text, style.width, first: "  \(action.sign) ", rest: "      ")
                lines[0] =
                    "  " + style.paint(action.sign, single.role(action)) + lines[0].dropFirst(2 + action.sign.count)
                return lines
            }
        }
    }

    /// Groups whose changes differ in nothing but the group's name stand together; in a full plan each stands alone.
    private func alike(_ owners: [PlanSections.Owner]) -> [[PlanSections.Owner]] {
        guard detail == .brief else { return owners.map { [$0] } }
        var positions: [[String]: Int] = [:]
        var result: [[PlanSections.Owner]] = []
        for owner in owners {
            let print = fingerprint(owner)
            if owner.group != nil, let position = positions[print] {
                result[position].append(owner)
            } else {
                if owner.group != nil { positions[print] = result.count }
                result.append([owner])
            }
        }
        return result
    }

    private func fingerprint(_ owner: PlanSections.Owner) -> [String] {
        let lines = ChangeLines(style: .plain, detail: true)
        return owner.parts.flatMap { part in
            [part.environment ?? ""]
                + part.changes.flatMap(lines.lines).map { owner.group.map($0.blanking) ?? $0 }.sorted()
        }
    }
}

extension String {
    /// The text with a name taken out wherever it stands as a word of its own; bytes, because plans are long.
    func blanking(_ name: String) -> String {
        let text = Array(utf8)
        let word = Array(name.utf8)
        guard !word.isEmpty, text.count >= word.count else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let end = index + word.count
            let isWord =
                text[index] == word[0] && end <= text.count && text[index..<end].elementsEqual(word)
                && !(index > 0 && text[index - 1].isWordPart) && !(end < text.count && text[end].isWordPart)
            result.append(isWord ? 0 : text[index])
            index = isWord ? end : index + 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    /// A letter or a digit, or part of a character beyond ASCII.
    fileprivate var isWordPart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}
