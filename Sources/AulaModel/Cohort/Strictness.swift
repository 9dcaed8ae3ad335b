/// Which of two values of a GitLab setting is the safer one.
///
/// Where somebody made a setting stricter than the file asks for, that is theirs and stays.
package enum Strictness {
    /// Each setting's values from the most open to the most closed one.
    private static let orders: [ResourceKind: [String: [JSON]]] = [
        .gitlabVariable: ["protected": [false, true], "masked": [false, true]],
        .gitlabProject: [
            "ci_allow_fork_pipelines_to_run_in_parent_project": [true, false],
            "forking_access_level": ["public", "enabled", "private", "disabled"],
        ],
        .gitlabGroup: [
            "project_creation_level": ["developer", "maintainer", "owner", "administrator", "noone"]
        ],
        // Developers and up, Maintainers and up, administrators, nobody.
        .protectedBranch: [
            "allow_force_push": [true, false], "merge_access_level": [30, 40, 60, 0],
            "push_access_level": [30, 40, 60, 0],
        ],
    ]

    /// Whether a live value is stricter than what is wanted; false for settings and values without an order.
    package static func isStricter(_ live: JSON?, than wanted: JSON, _ field: String, of kind: ResourceKind) -> Bool {
        guard let order = orders[kind]?[field], let live, let place = order.firstIndex(of: live),
            let least = order.firstIndex(of: wanted)
        else { return false }
        return place > least
    }

    /// What to write so that nothing is loosened: the live value where that is the stricter one.
    package static func kept(_ wanted: JSON, live: JSON, of kind: ResourceKind) -> JSON {
        var result = wanted
        for (field, _) in orders[kind] ?? [:] {
            guard let value = wanted[field], isStricter(live[field], than: value, field, of: kind) else { continue }
            result[field] = live[field]
        }
        return result
    }
}
