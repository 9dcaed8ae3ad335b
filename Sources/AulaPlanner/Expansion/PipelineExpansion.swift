import AulaModel
import AulaPipelines
import AulaTemplates

/// What teams' projects begin with, and the class's project of pipelines that they include.
extension Expander {
    /// A component's pipeline as the file and the table of builds have it; nil for one without.
    private func pipeline(_ component: Component) -> Pipeline? {
        guard let settings = component.pipelineSettings else { return nil }
        // What this file deploys is none of a pipeline's business.
        let environments = component.deploy == .aula ? [] : cohort.environments
        return Pipeline(
            of: component.name, environments: environments, settings,
            material.builds.builds[settings.build ?? ""] ?? BuildVariant(), images: material.builds.images)
    }

    private var pipelined: [Component] { projects.filter { $0.pipelineSettings != nil } }

    /// Says what `starter:` and `pipeline:` cannot be.
    mutating func checkPipelines() {
        for component in cohort.components where component.pipelineSettings != nil {
            let key = component.pipeline == nil ? "starter" : "pipeline"
            let position = cohort.positions["components.\(component.name).\(key)"] ?? component.position
            if !library.hasProject(component) {
                diagnostics.append(
                    Diagnostic(
                        .error, "`\(component.name)` has no GitLab project, so it can have no \(key)", at: position,
                        hint: "write project: true, or take `\(key)` away"))
            } else if cohort.gitlab == nil {
                diagnostics.append(
                    Diagnostic(
                        .warning, "without `gitlab:` the \(key) of `\(component.name)` has no effect", at: position))
            }
            if let build = component.pipelineSettings?.build, material.builds.builds[build] == nil {
                let known = material.builds.builds.keys.sorted()
                diagnostics.append(
                    Diagnostic(
                        .error, "there is no build `\(build)` for `\(component.name)`", at: position,
                        hint: Spelling.hint(for: build, listing: known)))
            }
        }
        guard cohort.gitlab != nil, !pipelined.isEmpty else { return }
        for group in cohort.groups where group.path == Cohort.pipelinesPath {
            diagnostics.append(
                Diagnostic(
                    .error, "the group `\(group.name)` and the class's project of pipelines would have the same path",
                    at: cohort.positions["groups"], hint: "give the group another name"))
        }
    }

    /// The class's project: one file for each component, each written after the one before it.
    mutating func addPipelinesProject() {
        guard !pipelined.isEmpty else { return }
        let project = cohort.pipelinesProject
        add(
            Resource(
                address: project,
                body: Self.project(project.name),
                late: [.route("namespace_id", cohort.rootGroupAddress)],
                lifecycle: Lifecycle(initial: Self.readme, ending: .archive)))
        var last: Address?
        for component in pipelined {
            guard let pipeline = pipeline(component), let text = try? GitLabPipelineFile.shared(pipeline) else {
                continue
            }
            let address = project.gitlab(.gitlabFile, "\(component.name).yml")
            add(
                Resource(
                    address: address, slot: Slot(component: component.name),
                    body: ["path": .string("\(component.name).yml"), "version": .string(FNV1a(text).text)],
                    late: [.content(["content"]), .route("project_id", project)], dependsOn: last.map { [$0] } ?? [],
                    lifecycle: Lifecycle(ending: .keep)),
                given: [["content"]: Secret(unlisted: text)])
            last = address
        }
    }

    /// Lets a team's pipelines include the class's files.
    mutating func addShare(with group: Group) {
        guard !pipelined.isEmpty else { return }
        let project = cohort.pipelinesProject
        add(
            Resource(
                address: project.gitlab(.gitlabShare, group.key), slot: Slot(group: group.key),
                body: ["group_access": 20],
                late: [
                    .route("group_id", .gitlabGroup(cohort.name, group.key)), .route("project_id", project),
                ]))
    }

    /// The first commit of a team's project; it is never made in one that has any.
    mutating func addFirstCommit(_ component: Component, _ group: Group) {
        guard let starter = component.starter, var files = material.starters[starter] else { return }
        let project = project(component, group)
        var needs: [Address] = []
        if component.pipelineSettings != nil, let gitlab = cohort.gitlab {
            needs = [
                cohort.pipelinesProject.gitlab(.gitlabFile, "\(component.name).yml"),
                cohort.pipelinesProject.gitlab(.gitlabShare, group.key),
            ]
            let own = ".gitlab-ci.yml"
            let path = "\(gitlab.group)/\(Cohort.pipelinesPath)"
            if !files.contains(where: { $0.path == own }),
                let text = try? GitLabPipelineFile.team(project: path, component: component.name)
            {
                files.append(ProjectFile(path: own, content: text))
            }
        }
        let actions = firstCommits[component.name] ?? FirstCommit(files)
        firstCommits[component.name] = actions
        add(
            Resource(
                address: project.gitlab(.firstCommit, "main"),
                slot: Slot(group: group.key, component: component.name), body: [:],
                late: [.content(["actions"]), .route("project_id", project)], dependsOn: needs,
                lifecycle: Lifecycle(
                    initial: [
                        "files": .int(files.count), "from": .string(starter.words), "version": .string(actions.version),
                    ], ending: .keep)),
            given: [["actions"]: actions.text])
    }

    /// Who brings work to the default branch.
    mutating func addProtection(_ component: Component, _ group: Group) {
        let project = project(component, group)
        add(
            Resource(
                address: project.gitlab(.protectedBranch, "default"),
                slot: Slot(group: group.key, component: component.name),
                body: [
                    "allow_force_push": false, "merge_access_level": 30,
                    "push_access_level": cohort.gitlab?.flow == .mr ? 0 : 30,
                ],
                late: [
                    LateField(
                        path: ["name"], value: .output(project, "default_branch"), secret: false, compared: false),
                    .route("project_id", project),
                ],
                // While nothing protects it, the first commit goes there; what GitLab protects it with then is replaced.
                dependsOn: component.starter == nil ? [] : [project.gitlab(.firstCommit, "main")],
                lifecycle: Lifecycle(ending: .keep)))
    }

    /// A project of which nobody's fork runs with its variables.
    static func project(_ name: String) -> JSON {
        [
            "archived": false, "ci_allow_fork_pipelines_to_run_in_parent_project": false, "deleted_on": .null,
            "forking_access_level": "disabled", "name": .string(name), "path": .string(name), "visibility": "private",
        ]
    }

    static let readme: JSON = ["default_branch": "main", "initialize_with_readme": true]
}

/// A first commit as its request has it, made once for all teams.
struct FirstCommit {
    let text: Secret
    let version: String

    init(_ files: [ProjectFile]) {
        let actions = files.sorted { $0.path < $1.path }.flatMap { file -> [JSON] in
            let create: JSON = [
                "action": "create", "file_path": .string(file.path), "content": .string(file.content),
                "encoding": file.isBinary ? "base64" : "text",
            ]
            let mode: JSON = ["action": "chmod", "file_path": .string(file.path), "execute_filemode": true]
            return file.isExecutable ? [create, mode] : [create]
        }
        let text = JSON.array(actions).text
        self.text = Secret(unlisted: text)
        version = FNV1a(text).text
    }
}

extension LateField {
    /// What a file holds: whoever carries out a plan has it, and no plan does.
    static func content(_ path: [String]) -> LateField {
        LateField(path: path, value: .given, secret: false, compared: false)
    }
}

extension Component {
    /// What the file says of its pipeline, or what suits its starter.
    var pipelineSettings: PipelineSettings? {
        guard pipeline != nil || starter != nil else { return nil }
        var settings = pipeline ?? PipelineSettings()
        if settings.build == nil, case .shipped(let name) = starter { settings.build = name }
        settings.build = settings.build ?? "dockerfile"
        return settings
    }
}
