import AulaModel

/// Feature flags and their strategies.
extension GitLabKind {
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
}

extension GitLabInstance {
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
