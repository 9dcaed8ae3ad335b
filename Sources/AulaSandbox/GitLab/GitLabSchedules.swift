import AulaModel
import Foundation

/// Pipeline schedules of a project with their variables; descriptions need not differ.
extension GitLabInstance {
    struct Schedule: Codable, Sendable {
        struct Variable: Codable, Sendable {
            var key: String
            var value: String
            var type: String

            func render() -> JSON {
                ["key": .string(key), "value": .string(value), "variable_type": .string(type), "raw": false]
            }
        }

        var id: Int
        var description = ""
        var ref = ""
        var cron = ""
        var timezone = "UTC"
        var active = true
        var owner: Int
        var createdAt: Date
        var updatedAt: Date
        var variables: [Variable] = []
        var inputs: JSON = []
    }

    /// How many schedules a project may have.
    private static let scheduleLimit = 10

    static let scheduleRoutes: [GitLabRoute] = [
        .under(.project, "GET", "pipeline_schedules", role: .guest) { gitlab, call, holder in
            let scope = try call.arguments.choice("scope", of: ["active", "inactive"])
            let found = try gitlab.project(holder).schedules.filter { scope == nil || $0.active == (scope == "active") }
            return try call.page(found) { gitlab.render($0, whole: false, call) }
        },
        .under(.project, "POST", "pipeline_schedules", role: .developer) { gitlab, call, holder in
            try gitlab.createSchedule(call, in: holder)
        },
        .under(.project, "GET", "pipeline_schedules/:schedule", role: .guest) { gitlab, call, holder in
            let project = try gitlab.project(holder)
            return .json(200, gitlab.render(project.schedules[try schedulePlace(call, in: project)], whole: true, call))
        },
        .under(.project, "PUT", "pipeline_schedules/:schedule", role: .developer) { gitlab, call, holder in
            let place = try schedulePlace(call, in: try gitlab.project(holder))
            return try gitlab.changeSchedule(call, in: holder, at: place) { schedule in
                try apply(call.arguments, to: &schedule)
            }
        },
        .under(.project, "DELETE", "pipeline_schedules/:schedule", role: .developer) { gitlab, call, holder in
            let place = try schedulePlace(call, in: try gitlab.project(holder))
            gitlab.projects[holder.id]?.schedules.remove(at: place)
            return GitLabCall.noContent()
        },
        .under(.project, "POST", "pipeline_schedules/:schedule/take_ownership", role: .developer) {
            gitlab, call, holder in
            let place = try schedulePlace(call, in: try gitlab.project(holder))
            let isOwner = try gitlab.project(holder).schedules[place].owner == call.user.id
            return try gitlab.changeSchedule(call, in: holder, at: place, status: isOwner ? 200 : 201) {
                $0.owner = call.user.id
            }
        },
        .under(.project, "POST", "pipeline_schedules/:schedule/play", role: .developer) { gitlab, call, holder in
            _ = try schedulePlace(call, in: try gitlab.project(holder))
            return .json(201, ["message": "201 Created"])
        },
        .under(.project, "POST", "pipeline_schedules/:schedule/variables", role: .developer) { gitlab, call, holder in
            try gitlab.createScheduleVariable(call, in: holder)
        },
        .under(.project, "PUT", "pipeline_schedules/:schedule/variables/:key", role: .developer) {
            gitlab, call, holder in
            let (place, position) = try gitlab.scheduleVariable(call, in: holder)
            var variable = try gitlab.project(holder).schedules[place].variables[position]
            variable.value = try call.arguments.text("value") ?? variable.value
            variable.type = try call.arguments.choice("variable_type", of: ["env_var", "file"]) ?? variable.type
            gitlab.projects[holder.id]?.schedules[place].variables[position] = variable
            return .json(200, variable.render())
        },
        .under(.project, "DELETE", "pipeline_schedules/:schedule/variables/:key", role: .developer) {
            gitlab, call, holder in
            let (place, position) = try gitlab.scheduleVariable(call, in: holder)
            let variable = gitlab.projects[holder.id]?.schedules[place].variables.remove(at: position)
            return .json(202, variable?.render() ?? .null)
        },
    ]

    private mutating func createSchedule(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("description", "ref", "cron")
        guard try project(holder).schedules.count < Self.scheduleLimit else {
            throw GitLabFailure.validation(
                "base", "Maximum number of pipeline schedules (\(Self.scheduleLimit)) exceeded")
        }
        var schedule = Schedule(id: 0, owner: call.user.id, createdAt: call.now, updatedAt: call.now)
        try Self.apply(call.arguments, to: &schedule)
        schedule.id = nextID("schedule")
        projects[holder.id]?.schedules.append(schedule)
        return .json(201, render(schedule, whole: true, call))
    }

    private mutating func changeSchedule(
        _ call: GitLabCall, in holder: Holder, at place: Int, status: Int = 200,
        change: (inout Schedule) throws -> Void
    ) throws -> SandboxResponse {
        var schedule = try project(holder).schedules[place]
        try change(&schedule)
        schedule.updatedAt = call.now
        projects[holder.id]?.schedules[place] = schedule
        return .json(status, render(schedule, whole: true, call))
    }

    private static func apply(_ arguments: GitLabArguments, to schedule: inout Schedule) throws {
        schedule.description = try arguments.text("description") ?? schedule.description
        schedule.ref = try arguments.text("ref") ?? schedule.ref
        schedule.cron = try arguments.text("cron") ?? schedule.cron
        schedule.timezone = try arguments.text("cron_timezone") ?? schedule.timezone
        schedule.active = try arguments.flag("active") ?? schedule.active
        schedule.inputs = arguments["inputs"] ?? schedule.inputs
        var problems: [(field: String, text: String)] = []
        if CronExpression(schedule.cron) == nil { problems.append(("cron", " is invalid syntax")) }
        if TimeZone(identifier: schedule.timezone) == nil { problems.append(("cron_timezone", " is invalid syntax")) }
        if schedule.description.isEmpty { problems.append(("description", "can't be blank")) }
        if schedule.ref.isEmpty { problems.append(("ref", "can't be blank")) }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
    }

    private mutating func createScheduleVariable(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        try call.arguments.require("key", "value")
        let project = try project(holder)
        let place = try Self.schedulePlace(call, in: project)
        let variable = Schedule.Variable(
            key: try call.arguments.text("key") ?? "", value: try call.arguments.text("value") ?? "",
            type: try call.arguments.choice("variable_type", of: ["env_var", "file"]) ?? "env_var")
        guard !project.schedules[place].variables.contains(where: { $0.key == variable.key }) else {
            throw GitLabFailure.validation("key", "has already been taken")
        }
        projects[project.id]?.schedules[place].variables.append(variable)
        return .json(201, variable.render())
    }

    private static func schedulePlace(_ call: GitLabCall, in project: Project) throws -> Int {
        let id = try call.number("schedule")
        guard let place = project.schedules.firstIndex(where: { $0.id == id }) else {
            throw GitLabFailure.notFound("Pipeline Schedule")
        }
        return place
    }

    private func scheduleVariable(_ call: GitLabCall, in holder: Holder) throws -> (schedule: Int, variable: Int) {
        let project = try project(holder)
        let place = try Self.schedulePlace(call, in: project)
        let key = call.parameter("key")
        guard let position = project.schedules[place].variables.firstIndex(where: { $0.key == key }) else {
            throw GitLabFailure.notFound("Pipeline Schedule Variable")
        }
        return (place, position)
    }

    private func render(_ schedule: Schedule, whole: Bool, _ call: GitLabCall) -> JSON {
        let next = CronExpression(schedule.cron)?.next(after: call.now, timezone: schedule.timezone)
        var json: JSON = [
            "id": .int(schedule.id), "description": .string(schedule.description), "ref": .string(schedule.ref),
            "cron": .string(schedule.cron), "cron_timezone": .string(schedule.timezone),
            "next_run_at": schedule.active ? next.map { .string(GitLabTime.text($0)) } ?? .null : .null,
            "active": .bool(schedule.active), "created_at": .string(GitLabTime.text(schedule.createdAt)),
            "updated_at": .string(GitLabTime.text(schedule.updatedAt)),
            "owner": users[schedule.owner].map { summary($0, base: call.base) } ?? .null,
        ]
        guard whole else { return json }
        json["last_pipeline"] = .null
        json["variables"] = .array(schedule.variables.map { $0.render() })
        json["inputs"] = schedule.inputs
        return json
    }
}
