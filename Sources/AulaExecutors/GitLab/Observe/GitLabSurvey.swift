import AulaEngine
import AulaModel

/// Reads everything of a cohort in one GitLab, in bulk.
///
/// The root and its descendants cost three lists; then each project costs its variables, environments and, where that
/// feature is on, clusters, and each group its deploy tokens: eight requests at a time. A part that cannot be read is
/// a gap. At a destroy, archived projects are not looked into: nothing of ours is left in them that could do harm.
/// What aula remembers costs one request more, the variables of its own project.
struct GitLabSurvey {
    static let width = 8

    let client: GitLabClient
    let place: GitLabHome
    var layout: GitLabLayout
    let request: ObservationRequest
    var observation = Observation()
    private var cohort: Cohort { request.blueprint.cohort }

    init(_ client: GitLabClient, _ place: GitLabHome, _ request: ObservationRequest) {
        self.client = client
        self.place = place
        self.request = request
        layout = GitLabLayout(request.blueprint)
    }

    mutating func run() async -> Observation {
        request.progress("gitlab: group \(place.group)")
        let (client, place) = (client, place)
        async let version = try? client.get("version")["version"]?.string
        async let own = OwnVariables.read(client, place)
        do {
            if let root = try await findRoot() { try await readInside(root, await own) }
        } catch {
            miss(.system(.gitlab), error)
        }
        // A GitLab that does not tell its version says nothing about itself.
        if let version = await version { observation.sandboxed[.gitlab] = version.contains("sandbox") }
        return observation
    }

    // MARK: Inside

    private mutating func readInside(_ root: JSON, _ own: OwnVariables) async throws {
        let id = try root.number("id")
        let client = client
        async let groupList = client.list("groups/\(id)/descendant_groups")
        async let projectList = client.list(
            "groups/\(id)/projects", query: [("include_subgroups", "true"), ("with_shared", "false")])
        recall(own)
        let leaving = try await Leaving(groupList, isEnd: request.purpose == .destroy)
        var parents = [id: layout.root]
        let groups = note(try layout.place(.gitlabGroup, leaving.staying, parents: &parents))
        try addRoot(root)
        for group in groups { try add(group) }
        let projects: [Placed]
        do {
            let live = try await projectList.filter { leaving.isStaying($0) }
            projects = note(try layout.place(.gitlabProject, live, parents: &parents))
        } catch {
            miss(.kind(.gitlabProject), error)
            for part in GitLabKinds.parts(of: .gitlabProject, in: cohort) { miss(.kind(part.kind), error) }
            projects = []
        }
        for project in projects { try add(project) }
        await readProjects(projects, own, parents)
        await readParts(of: groups, parents, GitLabKinds.parts(of: .gitlabGroup, in: cohort))
    }

    /// What is remembered here counts before what the cluster remembers, should they differ.
    private mutating func recall(_ own: OwnVariables) {
        var memory = ClassMemory()
        do {
            try memory.add(parts: own.parts(of: request.blueprint.mark))
        } catch {
            observation.notices.append(.newerMemory(in: place.group))
        }
        layout = GitLabLayout(request.blueprint, [memory, request.memory])
        observation.memory = memory
        observation.memory.numbers.merge(request.memory.numbers) { first, _ in first }
    }

    private mutating func readProjects(_ projects: [Placed], _ own: OwnVariables, _ groups: [Int: Address]) async {
        var open = projects.filter { project in
            project.json["archived"] != true
                || (request.purpose == .apply && request.blueprint.contains(project.address))
        }
        if let index = open.firstIndex(where: { $0.address == request.blueprint.mark.ownProject }) {
            await readOwn(open.remove(at: index), own)
        }
        request.progress("gitlab: \(open.count) projects")
        let probe = open.first
        var readsClusters = false
        do {
            if let probe { readsClusters = try await probeClusters(under: probe.apiPath) }
        } catch {
            miss(.kind(.gitlabCluster), error)
        }
        await readParts(
            of: open, groups,
            GitLabKinds.parts(of: .gitlabProject, in: cohort).filter { readsClusters || $0 != ClusterKind.self })
        if request.includesPods, cohort.components.contains(where: { $0.starter != nil || $0.pipeline != nil }) {
            let client = client
            let teams = open.filter { $0.address != cohort.pipelinesProject }
            let pushes = await concurrently(teams, width: Self.width) {
                await PushSurvey(client: client, project: $0).run()
            }
            for push in pushes { observation.merge(push) }
        }
        if let notice = ProtectedBranchKind.notice(of: observation, cohort) { observation.notices.append(notice) }
    }

    /// aula's own project has been read already, unless somebody gave it another path.
    private mutating func readOwn(_ project: Placed, _ own: OwnVariables) async {
        let holder = GitLabHolder(
            project, [:], request.blueprint, isOurs: isOurs(project.address), at: client.now())
        var part = Observation()
        do {
            let list: [JSON]
            do {
                list = try own.list()
            } catch let failure as GitLabFailure where failure.isMissing {
                list = try await client.list("\(project.apiPath)/variables")
            }
            part = try PartSurvey(client: client, holder: holder).observation(VariableKind.self, list)
        } catch {
            part.gaps = [Self.gap(.inside(project.address, .gitlabVariable), error, client)]
        }
        for address in part.present.keys { part.present[address]?.endAsMemory() }
        observation.merge(part)
    }

    private mutating func readParts(
        of holders: [Placed], _ groups: [Int: Address], _ kinds: [any GitLabPart.Type]
    ) async {
        let (client, blueprint, present) = (client, request.blueprint, observation.present)
        let parts = await concurrently(holders, width: Self.width) { placed in
            await PartSurvey(
                client: client,
                holder: GitLabHolder(
                    placed, groups, blueprint, isOurs: present[placed.address]?.isMade(by: blueprint.mark) == true,
                    at: client.now())
            ).run(kinds)
        }
        for part in parts { observation.merge(part) }
    }

    // MARK: Results

    private func isOurs(_ holder: Address) -> Bool {
        observation.present[holder]?.isMade(by: layout.mark) == true
    }

    private mutating func note(_ placement: GitLabLayout.Placement) -> [Placed] {
        observation.gaps += placement.gaps
        observation.notices += placement.notices
        return placement.placed
    }

    private mutating func addRoot(_ root: JSON) throws {
        let description = MarkedDescription(root["description"]?.string)
        var observed = try GroupKind.observed(root, description, at: layout.root)
        observed.attributes["full_path"] = root["full_path"]
        observed.attributes["coordinates"] = .string(description.coordinates)
        observation.present[layout.root] = observed
    }

    private mutating func add(_ thing: Placed) throws {
        let isGroup = thing.address.is(.gitlabGroup)
        var observed =
            isGroup
            ? try GroupKind.observed(thing.json, thing.description, at: thing.address)
            : try ProjectKind.observed(thing.json, thing.description, at: thing.address)
        observed.container = thing.container
        observed.attributes["deleted_on"] = leavingDay(of: thing).map { .string($0) } ?? .null
        switch thing.recollection {
        case .same: observed.keepMark(at: thing.address, in: request.blueprint)
        case .other:
            observed.mark = nil
            observation.notices.append(thing.claim.successor(of: thing.address, observation.memory))
        // Who may write into the class group is staff; a team's group is the team's.
        case .none where thing.container != layout.root && isOurs(thing.container):
            observed.keepMark(at: thing.address, in: request.blueprint)
        case .none: break
        }
        if observed.mark?.isSameEdition(as: layout.mark) != true {
            // Nobody is sent there, and nothing remembers it.
            observed.outputs = [:]
        } else if request.blueprint.contains(thing.address), thing.description.key != thing.address.path {
            observed.hasLostMark = true
        }
        if thing.address == layout.mark.ownProject { observed.endAsMemory() }
        observation.present[thing.address] = observed
    }

    /// When it was deleted itself: what is in a group that was deleted comes back with the group.
    private mutating func leavingDay(of thing: Placed) -> String? {
        guard let day = thing.deletedOn,
            (observation.present[thing.container]?.attributes["deleted_on"] ?? .null).isNull
        else { return nil }
        observation.notices.append(
            Diagnostic(
                .warning, "somebody deleted GitLab's \(thing.claim.path) on \(day); GitLab still keeps it",
                hint: "apply restores it; to have a new one instead, delete it for good in its settings first"))
        return day
    }

    mutating func miss(_ part: Observation.Part, _ error: any Error) {
        observation.gaps.append(Self.gap(part, error, client))
    }

    /// A part of GitLab that could not be read.
    static func gap(_ part: Observation.Part, _ error: any Error, _ client: GitLabClient) -> Observation.Gap {
        switch error {
        case let failure as GitLabFailure:
            let error = failure.error(doing: "reading", at: client)
            return Observation.Gap(part, reason: error.message, hint: error.hint)
        case let error as ExecutionError:
            return Observation.Gap(part, reason: error.message, hint: error.hint)
        default: return Observation.Gap(part, reason: "interrupted")
        }
    }
}
