import AulaModel

/// Turns single changes into lines: sign, address, and what differs.
struct ChangeLines {
    var style: Style
    var detail: Bool

    func lines(_ change: Change) -> [String] {
        let sign = "  " + style.paint(change.action.sign, role(change.action)) + " "
        let indent = 3 + change.action.sign.count
        var lines = sides(PlainText.oneLine(change.address.text), note(change).map { " (\($0))" } ?? "", indent: indent)
        lines[0] = sign + lines[0]
        if let loss = change.dataLoss {
            let text = PlainText.wrapped(
                "DATA LOSS: \(PlainText.safe(loss))", style.width, first: "      ", rest: "      ")
            lines += text.map { style.paint($0, .failure) }
        }
        if change.action != .create || detail { lines += change.fields.flatMap(field) }
        if change.action == .create && detail { lines += late(change) }
        return lines
    }

    func role(_ action: Change.Action) -> Style.Role {
        switch action {
        case .create: .added
        case .update: .changed
        case .replace, .delete, .archive, .release: .destroyed
        }
    }

    /// What the sign does not say.
    private func note(_ change: Change) -> String? {
        var notes: [String] = []
        if change.action == .archive { notes.append("archived, not deleted") }
        if change.action == .release { notes.append("stays, without aula's mark") }
        if change.contents > 0 { notes.append("and \(change.contents) inside it") }
        if let reason = change.reason { notes.append(PlainText.oneLine(reason)) }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    private func field(_ field: FieldChange) -> [String] {
        let isNew = field.old == nil && !field.secret
        let isGone = field.new == nil && !field.secret && !field.knownAfterApply
        let sign = isNew && !isGone ? "+" : isGone ? "-" : "~"
        let text =
            switch (isNew, isGone) {
            case (_, true): value(field.old)
            case (true, false): new(field)
            case (false, false): field.secret ? new(field) : "\(value(field.old)) -> \(new(field))"
            }
        var remarks: [String] = []
        if field.forcesReplacement { remarks.append("forces replacement") }
        switch field.cause {
        case .file: break
        case .drift(let manager): remarks.append("changed by \(PlainText.oneLine(manager))")
        case .takenAway: remarks.append("somebody took it away")
        }
        let remark = remarks.isEmpty ? "" : "  # " + remarks.joined(separator: ", ")
        let role: Style.Role = sign == "+" ? .added : sign == "-" ? .destroyed : .changed
        var lines = sides(PlainText.oneLine(field.path) + ":", " " + text + remark, indent: 8)
        lines[0] = "      " + style.paint(sign, role) + " " + lines[0]
        return lines
    }

    /// Two texts on one line, or on two where they do not fit.
    private func sides(_ left: String, _ right: String, indent: Int) -> [String] {
        guard let width = style.width, indent + PlainText.width(left + right) > width else { return [left + right] }
        let second = PlainText.wrapped(right.trimmingPrefix(" ").description, width - 10)
        return [PlainText.fit(left, width - indent)]
            + second.map { String(repeating: " ", count: 10) + PlainText.fit($0, width - 10) }
    }

    private func new(_ field: FieldChange) -> String {
        switch (field.secret, field.knownAfterApply) {
        case (true, true): "(sensitive, known after apply)"
        case (true, false): "(sensitive)"
        case (false, true): "(known after apply)"
        case (false, false): value(field.new)
        }
    }

    private func value(_ value: JSON?) -> String { value.map { PlainText.oneLine($0.text) } ?? "(none)" }

    /// The fields of something new that the run itself finds out.
    private func late(_ change: Change) -> [String] {
        let shown = Set(change.fields.map(\.path))
        return (change.desired?.late ?? []).flatMap { late -> [String] in
            let path = late.path.joined(separator: ".")
            guard !shown.contains(path), late.value != .given else { return [] }
            return field(FieldChange(path: path, old: nil, new: nil, secret: late.secret, knownAfterApply: true))
        }
    }
}
