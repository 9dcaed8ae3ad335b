/// api, bot, db, …: what runs in each environment of each group.
package struct Component: Hashable, Sendable {
    /// Who decides which image runs.
    package enum Deploy: String, Sendable, CaseIterable {
        /// The team's pipeline; aula creates the workload once with a placeholder and leaves image and replicas alone.
        case pipeline
        /// The cohort file's `image:`.
        case aula
    }

    /// Whether groups share one server.
    package enum Shared: String, Sendable, CaseIterable {
        /// One for every group of an environment, in a namespace of its own.
        case environment
    }

    /// A DNS label.
    package var name: String
    /// The name of a template under `templates/`.
    package var template: String
    /// May hold `{version}`.
    package var image: String?
    package var version: String?
    package var replicas: Int?
    /// Nil means: `pipeline` where the component has a GitLab project, else `aula`.
    package var deploy: Deploy?
    package var shared: Shared?
    /// Whether each group gets a GitLab project for it; nil means what the template says.
    package var project: Bool?
    /// What each team's project begins with; nil for a README alone.
    package var starter: Starter?
    /// What happens to a push; nil for nothing, or with a starter for what suits it.
    package var pipeline: PipelineSettings?
    /// The log collector to run beside it, such as `filebeat`; nil for none.
    package var logs: LogCollection?
    /// Everything else that the file says of it: the template's own parameters.
    package var parameters: [String: Parameter]
    package var position: SourcePosition?

    package init(
        name: String, template: String, image: String? = nil, version: String? = nil, replicas: Int? = nil,
        deploy: Deploy? = nil, shared: Shared? = nil, project: Bool? = nil,
        starter: Starter? = nil, pipeline: PipelineSettings? = nil, logs: LogCollection? = nil,
        parameters: [String: Parameter] = [:], position: SourcePosition? = nil
    ) {
        self.name = name
        self.template = template
        self.image = image
        self.version = version
        self.replicas = replicas
        self.deploy = deploy
        self.shared = shared
        self.project = project
        self.starter = starter
        self.pipeline = pipeline
        self.logs = logs
        self.parameters = parameters
        self.position = position
    }
}

/// A value for a template's parameter, with its position in the cohort file.
package struct Parameter: Hashable, Sendable {
    package var value: JSON
    package var position: SourcePosition?

    package init(_ value: JSON, at position: SourcePosition? = nil) {
        self.value = value
        self.position = position
    }
}

/// A log collector beside a component: its template's name and its parameters.
package struct LogCollection: Hashable, Sendable {
    package var template: String
    package var parameters: [String: Parameter]
    package var position: SourcePosition?

    package init(template: String, parameters: [String: Parameter] = [:], position: SourcePosition? = nil) {
        self.template = template
        self.parameters = parameters
        self.position = position
    }
}
