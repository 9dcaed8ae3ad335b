import AulaModel
import AulaTemplates

extension Expander {
    /// The components whose teams have a repository of their own.
    var projects: [Component] { cohort.components.filter { library.hasProject($0) } }

    mutating func addGitLabRoot() {
        guard let gitlab = cohort.gitlab else { return }
        add(
            Resource(
                address: cohort.rootGroupAddress,
                body: [
                    "full_path": .string(gitlab.group),
                    "name": .string(cohort.title),
                    "coordinates": .string(
                        cohort.coordinates.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                            .joined(separator: " ")),
                    "visibility": "private",
                ],
                lifecycle: Lifecycle(ending: .keep)))
    }

    /// A subgroup for each group, with its projects, their environments and how they reach their namespaces.
    mutating func addGitLabGroups() {
        guard let gitlab = cohort.gitlab else { return }
        addPipelinesProject()
        for group in cohort.groups {
            let address = Address.gitlabGroup(cohort.name, group.key)
            let slot = Slot(group: group.key)
            add(
                Resource(
                    address: address, slot: slot,
                    body: [
                        "deleted_on": .null, "name": .string(group.name), "path": .string(group.path),
                        "project_creation_level": "maintainer", "visibility": "private",
                    ],
                    late: [.route("parent_id", cohort.rootGroupAddress)], lifecycle: Lifecycle(ending: .keep)))
            addShare(with: group)
            for environment in cohort.environments { addDeployToken(group, environment) }
            for component in projects {
                addProject(component, group, in: address)
                for label in gitlab.labels { addLabel(label, component, group) }
                addFirstCommit(component, group)
                addProtection(component, group)
                for environment in cohort.environments {
                    addEnvironment(component, group, environment)
                    switch gitlab.registration {
                    case .variables: addVariables(component, group, environment)
                    case .certificate: addCluster(component, group, environment)
                    }
                }
            }
        }
    }

    private mutating func addProject(_ component: Component, _ group: Group, in parent: Address) {
        add(
            Resource(
                address: project(component, group),
                slot: Slot(group: group.key, component: component.name),
                body: Self.project(component.name),
                late: [.route("namespace_id", parent)],
                lifecycle: Lifecycle(initial: component.starter == nil ? Self.readme : nil, ending: .archive)))
    }

    private mutating func addEnvironment(_ component: Component, _ group: Group, _ environment: Environment) {
        let project = project(component, group)
        add(
            Resource(
                address: project.gitlab(.gitlabEnvironment, environment.name),
                slot: Slot(group: group.key, environment: environment.name, component: component.name),
                body: ["name": .string(environment.name), "tier": .string(environment.tier)],
                late: [.route("project_id", project)]))
    }

    private mutating func addLabel(_ label: GitLabHome.Label, _ component: Component, _ group: Group) {
        let project = project(component, group)
        add(
            Resource(
                address: project.gitlab(.gitlab("label"), label.name),
                slot: Slot(group: group.key, component: component.name),
                body: ["color": .string(label.color), "name": .string(label.name)],
                late: [.route("project_id", project)], lifecycle: Lifecycle(ending: .keep)))
    }

    /// A read-only token with which the environment's namespace pulls images from the group's registry.
    private mutating func addDeployToken(_ group: Group, _ environment: Environment) {
        let team = Address.gitlabGroup(cohort.name, group.key)
        var body: JSON = [
            "name": .string("\(cohort.mark.line) \(group.key)-\(environment.name)"), "scopes": ["read_registry"],
        ]
        // Images are pulled for some weeks more; a term that is made longer makes a new token, before the old one ends.
        if let end = cohort.term?.range.to.adding(days: Self.grace) { body["expires_at"] = .string(end.description) }
        add(
            Resource(
                address: team.gitlab(.deployToken, environment.name),
                slot: Slot(group: group.key, environment: environment.name), body: body,
                late: [.route("group_id", team)]))
    }

    /// Days for which a class's tokens outlive its term.
    private static let grace = 30

    func project(_ component: Component, _ group: Group) -> Address {
        .gitlabProject(cohort.name, group.key, component.name)
    }
}

extension LateField {
    /// A parent's number, which a call needs and nothing compares.
    static func route(_ name: String, _ parent: Address) -> LateField {
        LateField(path: [name], value: .output(parent, "id"), secret: false, compared: false)
    }
}
