import AulaModel

/// Labels of a project, by which a team sorts its issues and merge requests.
///
/// Body: `name`, `color` (`#rrggbb` in small letters). Late: `project_id` (not compared). Attributes: the same, and
/// `description` as it is. Outputs: `id`. What bears a label would lose it with it: labels stay when a class ends.
struct LabelKind: NamedPart {
    static let kind = ResourceKind.gitlab("label")
    static let list = "labels"
    static let query: [(name: String, value: String)] = [("include_ancestor_groups", "false")]
    static let settings = ["color"]
    static let ending = Lifecycle.Ending.keep
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func concerns(_ cohort: Cohort) -> Bool { cohort.gitlab?.labels.isEmpty == false }
}
