import AulaModel
import Crypto
import Foundation

/// What pipelines work with: environments, hooks.
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
}
