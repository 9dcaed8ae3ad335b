import AulaModel

/// Reads what aula may have written into one project.
struct ProjectSurvey {
    private let client: GitLabClient
    private let layout: GitLabLayout
    private let project: Address
    private let id: Int

    init(_ client: GitLabClient, _ layout: GitLabLayout, _ placed: GitLabLayout.Placed) {
        self.client = client
        self.layout = layout
        project = placed.address
        id = placed.json["id"]?.int ?? 0
    }

    func run(clusters: Bool) async -> Observation {
        var result = await read("variables", into: .gitlabVariable) { json in
            let key = json["key"]?.string ?? ""
            let address = project.gitlab(
                .gitlabVariable, key, environment: json["environment_scope"]?.string ?? "*")
            return (
                address, VariableKind.observed(json, project: id, isOpen: layout.openVariables.contains(address))
            )
        }
        result.merge(
            await read("environments", into: .gitlabEnvironment) { json in
                let address = project.gitlab(.gitlabEnvironment, json["name"]?.string ?? "")
                return (address, EnvironmentKind.observed(json, project: id))
            })
        guard clusters else { return result }
        result.merge(
            await read("clusters", into: .gitlabCluster) { json in
                let address = project.gitlab(
                    .gitlabCluster, nil, environment: json["environment_scope"]?.string ?? "*")
                return (address, ClusterKind.observed(json, project: id))
            })
        return result
    }

    private func read(
        _ list: String, into kind: ResourceKind, _ observed: (JSON) -> (Address, Observed)
    ) async -> Observation {
        do {
            var result = Observation()
            let slot = project.gitlabSlot
            for json in try await client.list("projects/\(id)/\(list)") {
                var (address, thing) = observed(json)
                thing.container = project
                (thing.slot.group, thing.slot.component) = (slot.group, slot.component)
                result.present[address] = thing
            }
            return result
        } catch {
            return Observation(gaps: [GitLabSurvey.gap(.inside(project, kind), error, client)])
        }
    }
}

/// Reads the deploy tokens of one group.
///
/// Their names are not unique: of several with one name the youngest counts, and the others are reported beside it
/// under an address of their own, so that they are revoked.
struct DeployTokenSurvey {
    private let client: GitLabClient
    private let layout: GitLabLayout
    private let group: Address
    private let id: Int

    init(_ client: GitLabClient, _ layout: GitLabLayout, _ placed: GitLabLayout.Placed) {
        self.client = client
        self.layout = layout
        group = placed.address
        id = placed.json["id"]?.int ?? 0
    }

    func run() async -> Observation {
        do {
            var result = Observation()
            let tokens = try await client.list("groups/\(id)/deploy_tokens", query: [("active", "true")])
            for json in tokens.sorted(by: { ($0["id"]?.int ?? 0) > ($1["id"]?.int ?? 0) }) {
                guard let name = json["name"]?.string, let mark = Mark(line: name),
                    mark.isSameEdition(as: layout.mark), let label = name.split(separator: " ").last
                else { continue }
                // `aula:memo2/m2k7q9xd g1-test`: the group's key, then the environment.
                let key = group.path.split(separator: "/").last ?? ""
                let environment = label.hasPrefix("\(key)-") ? label.dropFirst(key.count + 1) : label
                var address = group.gitlab(.deployToken, String(environment))
                var slot = group.gitlabSlot
                slot.environment = String(environment)
                if result.present[address] != nil { address = GitLabLayout.numbered(address, json) }
                result.present[address] = DeployTokenKind.observed(json, group: id, in: group, slot: slot)
            }
            return result
        } catch {
            return Observation(gaps: [GitLabSurvey.gap(.inside(group, .deployToken), error, client)])
        }
    }
}
