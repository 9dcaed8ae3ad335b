import AulaModel
import Foundation

/// Pipelines by the clock.
extension GitLabKind {
    /// Descriptions need not differ; a schedule runs as its owner.
    static let schedules: GitLabKind = GitLabKind(
        path: "pipeline_schedules", title: "Pipeline Schedule",
        roles: [.project: Roles(.guest, .developer)], keyName: "pipeline_schedule_id",
        fields: [
            .required("description", .text, .present), .required("ref", .text, .present), .required("cron"),
            .optional("cron_timezone", .text, "UTC"), .optional("active", .flag, true),
            .optional("inputs", .object, [], shown: false),
        ],
        limits: [.project: (10, "pipeline schedules")],
        filters: [
            .words(
                "scope",
                [
                    "active": { schedule, _ in schedule.flag("active") },
                    "inactive": { schedule, _ in !schedule.flag("active") },
                ])
        ],
        check: { gitlab, place, schedule, before, problems in
            if before != nil { try gitlab.requireOwner(of: schedule, place) }
            if before == nil { schedule["owner"] = .int(place.call.user.id) }
            if CronExpression(schedule.text("cron")) == nil { problems.append(("cron", " is invalid syntax")) }
            if TimeZone(identifier: schedule.text("cron_timezone")) == nil {
                problems.append(("cron_timezone", " is invalid syntax"))
            }
        },
        render: { gitlab, place, schedule, json in
            let next = CronExpression(schedule.text("cron"))?
                .next(after: place.call.now, timezone: schedule.text("cron_timezone"))
            json["next_run_at"] = schedule.flag("active") ? next.map { .string(GitLabTime.text($0)) } ?? .null : .null
            json["owner"] =
                gitlab.users[schedule["owner"].int ?? 0]
                .map { gitlab.summary($0, base: place.call.base) } ?? .null
            json.stamp(schedule)
            guard !place.isList else { return }
            json["last_pipeline"] = .null
            let variables = gitlab.things("pipeline_schedules/:parent/variables", of: place.holder, in: schedule)
            json["variables"] = .array(variables.map { gitlab.render($0, .scheduleVariables, place) })
            json["inputs"] = schedule["inputs"]
        },
        removed: { gitlab, place, schedule in try gitlab.requireOwner(of: schedule, place) },
        actions: [
            Action(method: "POST", word: "take_ownership", role: nil) { gitlab, place, schedule in
                let isOwner = schedule["owner"] == .int(place.call.user.id)
                if !isOwner { try gitlab.require(.maintainer, on: place.holder, for: place.call.user) }
                schedule["owner"] = .int(place.call.user.id)
                return .json(isOwner ? 200 : 201, gitlab.render(schedule, .schedules, place))
            },
            Action(method: "POST", word: "play", role: nil) { _, _, _ in .json(201, ["message": "201 Created"]) },
        ])

    static let scheduleVariables: GitLabKind = GitLabKind(
        path: "pipeline_schedules/:parent/variables", title: "Pipeline Schedule Variable",
        roles: [.project: Roles(.developer, .developer)], key: .field("key"),
        fields: [
            .required("key", fixed: true, .present), .required("value"),
            .optional("variable_type", .choice(["env_var", "file"]), "env_var"),
        ],
        unique: Unique("key"), verbs: [.create, .update, .delete], deleteStatus: 202,
        render: { _, _, _, json in
            json["id"] = nil
            json["raw"] = false
        })
}

extension GitLabInstance {
    /// - Throws: 403 for who neither owns the schedule nor maintains the project.
    fileprivate func requireOwner(of schedule: GitLabThing, _ place: GitLabPlace) throws {
        guard schedule["owner"] != .int(place.call.user.id) else { return }
        try require(.maintainer, on: place.holder, for: place.call.user)
    }
}
