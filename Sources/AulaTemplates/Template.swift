/// Manifests and parameters of a component, from one folder below `templates/`.
package struct Template: Sendable {
    /// Which of a template's manifests are meant.
    package enum Part: String, Sendable, CaseIterable {
        /// Once per group environment, in its namespace.
        case manifests
        /// With `shared: environment`: once per environment, in the server's own namespace.
        case server
        /// With `shared: environment`: once per group environment.
        case client
    }

    package var name: String
    package var description: String
    /// Whether each group gets a GitLab project for it, unless the cohort file says otherwise.
    package var project: Bool

    package init(name: String, description: String, project: Bool) {
        self.name = name
        self.description = description
        self.project = project
    }
}
