import AulaModel
import AulaPlanner
package import AulaReadiness

/// How far the components of a first apply are, while somebody waits for them, and why some are not ready.
package struct WaitReport: Sendable {
    package var items: [ClassStatus.Item]
    package var style: Style

    package init(_ items: [ClassStatus.Item], style: Style = .plain) {
        self.items = items
        self.style = style
    }

    package var isReady: Bool { items.allSatisfy(\.isReady) }

    /// `waiting: 5 of 14 components ready, g1 test Deployment api: 0 of 1 ready`.
    package var progress: String {
        let open = items.filter { !$0.isReady }
        let next = open.first.map { ", \(place($0)): \($0.reason ?? $0.word)" } ?? ""
        return "waiting: \(items.count - open.count) of \(Humane.count(items.count, "component")) ready\(next)"
    }

    /// What is there at the end, and the reasons for what is not.
    package var text: String {
        let open = items.filter { !$0.isReady }
        let placeholders = items.count { $0.delivered?.isPlaceholder == true && $0.isReady }
        var lines: [String] = []
        if open.isEmpty {
            lines.append(style.paint("All \(Humane.count(items.count, "component")) ready.", .added))
        } else {
            let reasons = Dictionary(grouping: open) { $0.reason ?? $0.word }
            lines.append(
                style.paint("Not ready: \(open.count) of \(Humane.count(items.count, "component")).", .warning))
            for (reason, befallen) in reasons.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
                lines += PlainText.wrapped(
                    PlainText.oneLine(reason), style.width, first: "  " + style.paint("✗", .failure) + " ",
                    rest: "    ")
                lines += PlainText.wrapped(
                    Humane.list(befallen.map(place), atMost: 8), style.width, first: "    ", rest: "    ")
            }
        }
        if placeholders > 0 {
            let verb = placeholders == 1 ? "runs" : "run"
            lines += PlainText.wrapped(
                "\(placeholders) of them \(verb) aula's placeholder: no pipeline has delivered an image yet.",
                style.width)
        }
        return lines.joined(separator: "\n")
    }

    private func place(_ item: ClassStatus.Item) -> String {
        [item.slot.group, item.slot.environment, item.name].compactMap(\.self).joined(separator: " ")
    }
}
