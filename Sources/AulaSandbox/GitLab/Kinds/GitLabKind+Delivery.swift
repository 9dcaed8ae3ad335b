import AulaModel
import Crypto
import Foundation

/// What pipelines work with: environments, schedules, feature flags, hooks.
extension GitLabKind {
    static let environments: GitLabKind = GitLabKind(
        path: "environments", roles: [.project: Roles(.reporter, .developer, remove: .maintainer)],
        keyName: "environment_id",
        fields: [
            .required(
                "name", fixed: true, .present, .atMost(255),
                .text(
                    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot "
                        + "start or end with '/'"
                ) { $0.wholeMatch(of: /[a-zA-Z0-9_\/${}. \-]+/) != nil && !$0.hasPrefix("/") && !$0.hasSuffix("/") }),
            .optional(
                "external_url", .text, .null, .atMost(255),
                .text("is blocked: Only allowed schemes are http, https") { text in
                    URL(string: text).map { ["http", "https"].contains($0.scheme) && $0.host() != nil } ?? false
                }),
            .optional("description"),
            .optional("tier", .choice(["production", "staging", "testing", "development", "other"])),
            .optional("kubernetes_namespace"), .optional("flux_resource_path"),
            .optional("auto_stop_setting", .choice(["always", "with_action"]), "always"),
            .optional("cluster_agent_id", .number, shown: false),
        ],
        unique: Unique("name"),
        filters: [
            GitLabFilter { call, _ in
                guard call.arguments.has("name"), call.arguments.has("search") else { return }
                throw GitLabFailure.parameter("name, search are mutually exclusive")
            },
            .equal("name"), .search("name", least: 3),
            .words(
                "states",
                [
                    "available": { thing, _ in thing.text("state") == "available" },
                    "stopping": { thing, _ in thing.text("state") == "stopping" },
                    "stopped": { thing, _ in thing.text("state") == "stopped" },
                ]),
        ],
        check: { gitlab, place, environment, before, _ in
            if before == nil { environment["state"] = "available" }
            if environment["tier"] == .null { environment["tier"] = .string(tier(of: environment.text("name"))) }
            guard let agent = environment["cluster_agent_id"].int, agent != before?["cluster_agent_id"].int else {
                return
            }
            guard gitlab.agent(agent) != nil else {
                throw GitLabFailure.badRequest(
                    "cluster agent doesn't exist or cannot be associated with this environment")
            }
        },
        render: { gitlab, place, environment, json in
            json["slug"] = .string(slug(of: environment.text("name")))
            json["state"] = environment["state"]
            json["auto_stop_at"] = .null
            json["cluster_agent"] =
                environment["cluster_agent_id"].int.flatMap { gitlab.agent($0) }
                .map { ["id": .int($0.id), "name": $0["name"]] } ?? .null
            json["project"] = (try? gitlab.simple(gitlab.project(place.holder), base: place.call.base)) ?? .null
            if !place.isList { json["last_deployment"] = gitlab.lastDeployment(environment, place) }
            json.stamp(environment)
        },
        removed: { _, _, environment in
            guard environment.text("state") == "stopped" else { throw GitLabFailure.forbidden() }
        },
        actions: [
            Action(method: "POST", word: "stop", role: nil, status: 200) { _, _, environment in
                environment["state"] = "stopped"
                return nil
            }
        ])

    /// The tier that GitLab guesses from a name.
    static func tier(of name: String) -> String {
        let name = name.lowercased()
        if name.contains(/dev|review|trunk/) { return "development" }
        if name.contains(/test|tst|int|ac(ce|)pt|qa|qc|control|quality/) { return "testing" }
        if name.contains(/st(a|)g|mod(e|)l|pre|demo|non/) { return "staging" }
        return name.contains(/pr(o|)d|live/) ? "production" : "other"
    }

    /// A name that a host name can hold; where something was lost, with six characters made from the whole name.
    static func slug(of name: String) -> String {
        var slug = ""
        for letter in name.lowercased().map({ $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        where letter != "-" || slug.last != "-" { slug.append(letter) }
        if slug.first?.isLetter != true { slug = slug.hasPrefix("-") ? "env" + slug : "env-" + slug }
        guard slug.count > 24 || slug != name else { return slug }
        // The last six digits of the name's sum in base 36.
        let modulus = 2_176_782_336
        let rest = SHA256.hash(data: Data(name.utf8)).reduce(0) { ($0 * 256 + Int($1)) % modulus }
        let digits = String(rest, radix: 36)
        let suffix = String(repeating: "0", count: 6 - digits.count) + digits
        let head = slug.prefix(17)
        return head + (head.hasSuffix("-") ? "" : "-") + suffix
    }

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

    static let featureFlags: GitLabKind = GitLabKind(
        path: "feature_flags", roles: [.project: Roles(.developer, .developer)], key: .field("name"),
        fields: [
            .required(
                "name", .text, .present, .atMost(63),
                .text(
                    "can contain only lowercase letters, digits, '_' and '-'. Must start with a letter, and cannot end "
                        + "with '-' or '_'"
                ) { $0.wholeMatch(of: /[a-z]([-_a-z0-9]*[a-z0-9])?/) != nil }),
            .optional("description"), .optional("active", .flag, true), .optional("version", .text, "new_version_flag"),
            .optional("strategies", .object, [], shown: false),
        ],
        unique: Unique("name"),
        filters: [
            .words(
                "scope",
                [
                    "enabled": { flag, _ in flag.flag("active") }, "disabled": { flag, _ in !flag.flag("active") },
                ])
        ],
        order: GitLabOrder(field: "name"), deleteStatus: 200,
        complain: { GitLabFailure(status: 400, body: ["message": .array($0.sentences.map(JSON.string))]) },
        check: { gitlab, _, flag, before, _ in
            guard flag.text("version") == "new_version_flag" else {
                throw GitLabFailure.message(400, "Version is invalid")
            }
            flag["strategies"] = try gitlab.strategies(flag["strategies"], before: before?["strategies"])
        },
        render: { _, _, flag, json in
            json["id"] = nil
            json["scopes"] = []
            json["strategies"] = flag["strategies"]
            json.stamp(flag)
        })

    private static let hookEvents: [GitLabField] =
        [
            .optional("push_events", .flag, true)
        ]
        + [
            "issues_events", "confidential_issues_events", "merge_requests_events", "tag_push_events", "note_events",
            "confidential_note_events", "job_events", "pipeline_events", "wiki_page_events", "deployment_events",
            "releases_events", "milestone_events", "feature_flag_events", "emoji_events",
            "resource_access_token_events",
            "repository_update_events", "vulnerability_events",
        ].map { .optional($0, .flag, false) }

    static let hooks: GitLabKind = GitLabKind(
        path: "hooks", roles: [.project: Roles(.maintainer, .maintainer), .group: Roles(.owner, .owner)],
        keyName: "hook_id",
        fields: [
            .required("url", .text, .present), .optional("name"), .optional("description"),
            .optional("enable_ssl_verification", .flag, true), .optional("token", .text, .null, shown: false),
            .optional("push_events_branch_filter", .text, ""),
            .optional("branch_filter_strategy", .choice(["wildcard", "regex", "all_branches"]), "wildcard"),
            .optional("custom_webhook_template", .text, ""),
        ] + hookEvents,
        check: { gitlab, _, hook, _, _ in
            guard let url = URL(string: hook.text("url")), ["http", "https"].contains(url.scheme), let host = url.host()
            else { throw GitLabFailure(status: 422, body: ["error": "Invalid url given"]) }
            guard gitlab.settings.localRequests || !["localhost", "127.0.0.1"].contains(host) else {
                throw GitLabFailure(status: 422, body: ["error": "Invalid url given"])
            }
        },
        render: { _, place, hook, json in
            json["\(place.holder.kind == .project ? "project" : "group")_id"] = .int(place.holder.id)
            json["created_at"] = .string(GitLabTime.text(hook.createdAt))
            json["alert_status"] = "executable"
            json["disabled_until"] = .null
            json["url_variables"] = []
            json["custom_headers"] = []
        })
}

extension GitLabInstance {
    /// An agent of any project.
    func agent(_ id: Int) -> GitLabThing? {
        projects.values.lazy.compactMap { $0.contents.things["cluster_agents"]?.first { $0.id == id } }.first
    }

    /// - Throws: 403 for who neither owns the schedule nor maintains the project.
    fileprivate func requireOwner(of schedule: GitLabThing, _ place: GitLabPlace) throws {
        guard schedule["owner"] != .int(place.call.user.id) else { return }
        try require(.maintainer, on: place.holder, for: place.call.user)
    }

    /// A flag's strategies after a request: those with a known number are changed or taken away, others are new.
    fileprivate mutating func strategies(_ asked: JSON, before: JSON?) throws -> JSON {
        guard before != asked else { return asked }
        var present = before?.array ?? []
        for strategy in asked.array ?? [] {
            let position = strategy["id"].flatMap { id in present.firstIndex { $0["id"] == id } }
            if let position, strategy["_destroy"]?.bool == true {
                present.remove(at: position)
                continue
            }
            var whole =
                position.map { present[$0] } ?? [
                    "id": .int(nextID("strategy")), "scopes": [], "user_list": .null, "parameters": [:],
                ]
            for key in ["name", "parameters"] { if let value = strategy[key] { whole[key] = value } }
            guard
                ["default", "gradualRolloutUserId", "userWithId", "flexibleRollout", "gitlabUserList"].contains(
                    whole["name"]?.string)
            else {
                throw GitLabFailure.message(400, "Strategies name strategy name is invalid")
            }
            if let scopes = strategy["scopes"]?.array {
                whole["scopes"] = .array(
                    scopes.map { scope in
                        [
                            "id": scope["id"] ?? .int(nextID("strategy_scope")),
                            "environment_scope": scope["environment_scope"] ?? "*",
                        ]
                    })
            }
            if let position { present[position] = whole } else { present.append(whole) }
        }
        return .array(present)
    }
}
