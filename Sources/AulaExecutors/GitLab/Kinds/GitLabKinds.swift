import AulaModel

/// The kinds of things that aula knows in GitLab.
enum GitLabKinds {
    static let all: [any GitLabKind.Type] = [
        GroupKind.self,
        ProjectKind.self,
        FirstCommitKind.self,
        ProtectedBranchKind.self,
        FileKind.self,
        ShareKind.self,
        EnvironmentKind.self,
        VariableKind.self,
        DeployTokenKind.self,
        ClusterKind.self,
        LabelKind.self,
    ]

    /// The kind of an address; nil for one that aula does not know.
    static func named(_ kind: ResourceKind) -> (any GitLabKind.Type)? { all.first { $0.kind == kind } }

    /// What a group or project of a class may have.
    static func parts(of holder: ResourceKind, in cohort: Cohort) -> [any GitLabPart.Type] {
        all.compactMap { $0 as? any GitLabPart.Type }.filter { $0.holder == holder && $0.concerns(cohort) }
    }
}
