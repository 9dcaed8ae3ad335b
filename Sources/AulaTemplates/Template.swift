package import AulaModel

/// Manifests and parameters of a component, from one folder below `templates/`.
package struct Template: Sendable {
    /// Which of a template's manifests are meant; each is a file of the folder, such as `manifests.yaml`.
    package enum Part: String, Sendable, CaseIterable {
        /// Once per group environment, in its namespace; a server that is not shared and its client belong to it.
        case manifests
        /// With `shared: environment`: once per environment, in the server's own namespace.
        case server
        /// With `shared: environment`: once per group environment.
        case client
    }

    package var name: String
    package var description: String
    /// Whether each group gets a GitLab project for it, unless the cohort file says otherwise.
    package var project = false
    /// What runs where aula decides the image and the cohort file names none.
    package var image: String?
    /// What runs until a pipeline has delivered an image; it must pass the template's probes.
    package var placeholder: String?
    package var replicas = 1
    /// Whether it makes a Secret, named like the component, that the environment's other pods load.
    package var offersSecret = false
    package var parameters: [ParameterDeclaration] = []
    package var position: SourcePosition

    var needs = NeedsProgram()
    var customKinds: [String: KubernetesKind] = [:]
    var names = Names.builtIn
    var parts: [Part: [Manifest]] = [:]
    var sidecar: Sidecar?

    /// Whether it runs beside other components instead of for itself: `logs:` may name it.
    package var isCollector: Bool { sidecar != nil }

    /// Whether `shared: environment` is possible.
    package var canBeShared: Bool { parts[.server] != nil && parts[.client] != nil }

    func manifests(of part: Part) -> [Manifest] {
        if part == .manifests { Part.allCases.flatMap { parts[$0] ?? [] } } else { parts[part] ?? [] }
    }

    init(name: String, description: String, position: SourcePosition) {
        self.name = name
        self.description = description
        self.position = position
    }
}
