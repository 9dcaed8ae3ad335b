import AulaModel
import Foundation

/// Labels, milestones and issues.
extension GitLabKind {
    static let labels: GitLabKind = GitLabKind(
        path: "labels", title: "Label",
        roles: [.project: Roles(.none, .planner), .group: Roles(.none, .planner)],
        key: .idOrField("name"), keyParameters: ["label_id", "name"],
        fields: [
            .required("name", fixed: true, .present, .atMost(255), .text("is invalid") { !$0.contains(",") }),
            .required("color", .text, .text("must be a valid color code", LabelColor.isColor)),
            .optional("description"), .optional("archived", .flag, false), .optional("priority", .number),
        ],
        unique: Unique("name", answer: .failure { _ in .conflict("Label already exists") }),
        filters: [.search("name", "description")], order: GitLabOrder(field: "name"),
        check: { gitlab, place, label, before, _ in
            let arguments = place.call.arguments
            if before == nil, place.holder.ancestorHas(label, in: gitlab) {
                throw GitLabFailure.conflict("Label already exists")
            }
            if before != nil {
                try arguments.requireOne(
                    of: ["new_name", "color", "description"] + (place.holder.kind == .project ? ["priority"] : []) + [
                        "archived"
                    ])
            }
            if let name = try arguments.text("new_name") { label["name"] = .string(name) }
            label["name"] = .string(label.text("name").trimmingCharacters(in: .whitespaces))
            label["color"] = .string(LabelColor.code(label.text("color")))
        },
        render: { gitlab, place, label, json in
            json["description_html"] = label["description"].string.map { .string($0) } ?? ""
            json["text_color"] = .string(LabelColor.text(on: label.text("color")))
            json["subscribed"] = false
            let isOwn = gitlab.things("labels", of: place.holder).contains { $0.id == label.id }
            if place.holder.kind == .project { json["is_project_label"] = .bool(isOwn) } else { json["priority"] = nil }
            guard (try? place.call.arguments.flag("with_counts")) == true else { return }
            for count in ["open_issues_count", "closed_issues_count", "open_merge_requests_count"] { json[count] = 0 }
        },
        inherited: { gitlab, place in
            guard place.call.isRead, try place.call.arguments.flag("include_ancestor_groups") ?? true else { return [] }
            return gitlab.ancestors(of: place.holder).flatMap { gitlab.things("labels", of: $0) }
        })

    static let milestones: GitLabKind = GitLabKind(
        path: "milestones", roles: [.project: Roles(.none, .planner), .group: Roles(.none, .planner)],
        keyName: "milestone_id",
        fields: [
            .required("title", .text, .present, .atMost(255)), .optional("description"), .optional("due_date", .day),
            .optional("start_date", .day),
        ],
        unique: Unique(
            "title", answer: .problem("title", "already being used for another group or project milestone.")),
        filters: [
            .iids, .equal("title"), .search("title", "description"),
            .words(
                "state",
                [
                    "active": { milestone, _ in milestone.text("state") == "active" },
                    "closed": { milestone, _ in milestone.text("state") == "closed" },
                ]),
        ],
        order: GitLabOrder(field: "due_date"), isNumbered: true,
        check: { _, place, milestone, before, problems in
            if before == nil { milestone["state"] = "active" }
            switch try place.call.arguments.choice("state_event", of: ["close", "activate"]) {
            case "close": milestone["state"] = "closed"
            case "activate": milestone["state"] = "active"
            default: break
            }
            if let start = milestone["start_date"].string, let due = milestone["due_date"].string, start > due {
                problems.append(("due_date", "must be greater than start date"))
            }
        },
        render: { gitlab, place, milestone, json in
            json["iid"] = .int(milestone.iid ?? 0)
            json["\(place.holder.kind == .project ? "project" : "group")_id"] = .int(place.holder.id)
            json["state"] = milestone["state"]
            json["expired"] = .bool(milestone["due_date"].string.map { $0 < GitLabTime.day(place.call.now) } ?? false)
            json["web_url"] = gitlab.page(place.holder, "milestones/\(milestone.iid ?? 0)", place.call)
            json.stamp(milestone)
        })

    static let issues: GitLabKind = GitLabKind(
        path: "issues", title: "Issue", roles: [.project: Roles(.none, .none, remove: .owner)], keyName: "issue_iid",
        key: .iid,
        fields: [
            .required("title", .text, .present, .atMost(255)), .optional("description"), .optional("labels", .list, []),
            .optional("milestone_id", .number, shown: false), .optional("assignee_ids", .list, [], shown: false),
            .optional("due_date", .day), .optional("confidential", .flag, false), .optional("weight", .number),
            .optional("issue_type", .choice(["issue", "incident", "test_case", "task"]), "issue"),
            .optional("discussion_locked", .flag),
        ],
        filters: [
            .iids, .search("title", "description"), .equal("issue_type"), .state, .labels,
            .flag("confidential") { issue, _ in issue.flag("confidential") },
        ],
        order: GitLabOrder(
            field: "created_at", ascending: false,
            choices: ["created_at", "updated_at", "due_date", "title", "priority", "relative_position", "weight"]),
        isNumbered: true, check: { gitlab, place, issue, before, _ in try gitlab.checkIssuable(place, &issue, before) },
        render: { gitlab, place, issue, json in
            gitlab.renderIssuable("issues", issue, place, &json)
            json["type"] = .string(issue.text("issue_type").uppercased())
            json["severity"] = "UNKNOWN"
            json["_links"] = [
                "self": .string("\(place.call.base)/api/v4/projects/\(place.holder.id)/issues/\(issue.iid ?? 0)")
            ]
        })
}

extension GitLabInstance.Holder {
    /// Whether a group around already has a label of this name.
    func ancestorHas(_ label: GitLabThing, in gitlab: GitLabInstance) -> Bool {
        gitlab.ancestors(of: self).contains { group in
            gitlab.things("labels", of: group).contains { $0["name"] == label["name"] }
        }
    }
}

extension GitLabFilter {
    /// The states of what can be closed; `all` keeps all.
    static let state = GitLabFilter { call, things in
        let words = ["opened", "closed", "merged", "locked", "all"]
        guard let state = try call.arguments.choice("state", of: words), state != "all" else { return }
        things.removeAll { $0.text("state") != state }
    }

    /// Things that have every label; `None` and `Any` are words of their own.
    static let labels = GitLabFilter { call, things in
        guard let wanted = try call.arguments.list("labels"), !wanted.isEmpty else { return }
        things.removeAll { thing in
            let present = thing["labels"].array ?? []
            switch wanted {
            case ["None"], ["none"]: return !present.isEmpty
            case ["Any"], ["any"]: return present.isEmpty
            default: return !wanted.allSatisfy { present.contains(.string($0)) }
            }
        }
    }
}

/// The colours of labels.
enum LabelColor {
    private static let names = [
        "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "white": "#ffffff", "maroon": "#800000",
        "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000", "lime": "#00ff00",
        "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff", "teal": "#008080",
        "aqua": "#00ffff", "orange": "#ffa500", "cyan": "#00ffff", "magenta": "#ff00ff", "pink": "#ffc0cb",
        "brown": "#a52a2a", "crimson": "#dc143c", "gold": "#ffd700", "indigo": "#4b0082", "violet": "#ee82ee",
    ]

    static func isColor(_ text: String) -> Bool { code(text).wholeMatch(of: /#([0-9A-Fa-f]{3}){1,2}/) != nil }

    /// The code of a name; a code stays as it was written.
    static func code(_ text: String) -> String { names[text.lowercased()] ?? text.trimmingCharacters(in: .whitespaces) }

    /// Dark text on a light ground: where red, green and blue sum up to more than 500.
    static func text(on color: String) -> String {
        var digits = color.dropFirst().map(String.init)
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let parts = stride(from: 0, to: digits.count - 1, by: 2).map {
            Int(digits[$0] + digits[$0 + 1], radix: 16) ?? 0
        }
        return parts.reduce(0, +) > 500 ? "#1F1E24" : "#FFFFFF"
    }
}
