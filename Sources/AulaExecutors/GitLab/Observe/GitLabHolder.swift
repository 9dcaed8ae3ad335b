import AulaModel

/// A group or project that is there, and what the blueprint wants in it.
struct GitLabHolder: Sendable {
    let address: Address
    /// In the API: `groups/12`, `projects/34`.
    let path: String
    let blueprint: Blueprint

    init(_ placed: GitLabLayout.Placed, _ blueprint: Blueprint) {
        address = placed.address
        path = placed.path
        self.blueprint = blueprint
    }
}
