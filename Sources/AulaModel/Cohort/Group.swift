/// A team of students; a workshop participant is a group of one.
package struct Group: Hashable, Sendable {
    /// What the file calls it now; GitLab's title.
    package var name: String
    /// The slug of the first name it ever had (`was:`): addresses and namespaces keep it.
    package var key: String
    /// The slug of the present name: GitLab's path.
    package var path: String
    /// GitLab user names or e-mail addresses.
    package var members: [String]
    /// In which of several sites it lives; nil in the first one.
    package var site: String?
    package var overrides: Overrides

    package init(
        name: String, key: String, path: String, members: [String] = [], site: String? = nil,
        overrides: Overrides = Overrides()
    ) {
        self.name = name
        self.key = key
        self.path = path
        self.members = members
        self.site = site
        self.overrides = overrides
    }
}

/// test, prod, … of each group.
package struct Environment: Hashable, Sendable {
    /// A DNS label; also GitLab's environment name and scope.
    package var name: String
    package var overrides: Overrides

    package init(name: String, overrides: Overrides = Overrides()) {
        self.name = name
        self.overrides = overrides
    }
}

/// What one group or one environment wants different, by component name.
package struct Overrides: Hashable, Sendable {
    package var components: [String: ComponentOverride]

    package init(components: [String: ComponentOverride] = [:]) {
        self.components = components
    }
}

/// The settings of a component that a group or an environment may change.
package struct ComponentOverride: Hashable, Sendable {
    package var image: String?
    package var version: String?
    package var replicas: Int?
    package var parameters: [String: Parameter]

    package init(
        image: String? = nil, version: String? = nil, replicas: Int? = nil, parameters: [String: Parameter] = [:]
    ) {
        self.image = image
        self.version = version
        self.replicas = replicas
        self.parameters = parameters
    }
}
