import AulaModel

/// CI/CD variables of groups and projects; their key is the name together with the environment scope.
extension GitLabKind {
    static let variables: [GitLabKind] = [Holder.Kind.project, .group].map { holder in
        GitLabKind(
            path: "variables", title: holder == .group ? "GroupVariable" : "Variable",
            roles: [holder: holder == .group ? Roles(.owner, .owner) : Roles(.maintainer, .maintainer)],
            key: .scoped("key"),
            fields: [
                .required(
                    "key", fixed: true, .present, .atMost(255),
                    .text("can contain only letters, digits and '_'.") { $0.wholeMatch(of: /[A-Za-z0-9_]*/) != nil }),
                .required("value"), .optional("variable_type", .choice(["env_var", "file"]), "env_var"),
                .optional("environment_scope", .text, "*", .text(scopeRule, isScope)),
                .optional("protected", .flag, false), .optional("masked", .flag, false),
                .optional("raw", .flag, false), .optional("description", .text, .null, .atMost(255)),
                .optional("masked_and_hidden", .flag, false, shown: false),
            ],
            unique: Unique("key", "environment_scope", answer: .problem("key", "({value}) has already been taken")),
            limits: [
                .project: (8_000, "project ci variables"), .group: (30_000, "group ci variables"),
            ],
            check: { _, _, variable, before, problems in
                if before == nil {
                    variable["hidden"] = variable["masked_and_hidden"]
                    if variable.flag("hidden") { variable["masked"] = true }
                } else if variable.flag("masked_and_hidden"), before?.flag("hidden") == false {
                    problems.append(("base", "Only new variables can be set as masked and hidden."))
                } else if variable.flag("hidden"), !variable.flag("masked") {
                    problems.append(
                        ("base", "The visibility setting cannot be changed for masked and hidden variables."))
                }
                if variable.flag("masked"), !isMaskable(variable) { problems.append(("value", "is invalid")) }
            },
            render: { _, _, variable, json in
                json["id"] = nil
                json["hidden"] = .bool(variable.flag("hidden"))
                if variable.flag("hidden") { json["value"] = .null }
            })
    }

    private static let scopeRule =
        "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '*' and spaces, but it cannot start or "
        + "end with '/'"

    static let isScope: @Sendable (String) -> Bool = {
        $0.wholeMatch(of: /[a-zA-Z0-9\-_\/${}.* ]{1,255}/) != nil && !$0.hasPrefix("/") && !$0.hasSuffix("/")
    }

    /// What the log's masking can find again: one line of at least 8 characters, without spaces.
    private static func isMaskable(_ variable: GitLabThing) -> Bool {
        variable.flag("raw")
            ? variable.text("value").wholeMatch(of: /\S{8,}/) != nil
            : variable.text("value").wholeMatch(of: /[a-zA-Z0-9_+=\/@:.~\-]{8,}/) != nil
    }
}
