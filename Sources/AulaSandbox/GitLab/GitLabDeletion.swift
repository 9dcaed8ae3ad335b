import AulaModel
import Foundation

/// Delayed deletion: marking renames and frees the path, removal comes days later or on request.
extension GitLabInstance {
    /// What marking for deletion changed, to be put back by a restore.
    struct DeletionMark: Codable, Sendable {
        var on: Date
        var name: String
        var path: String
        var archived: Bool
        /// Set by an immediate removal; the next run of the controllers takes it away.
        var removing = false
    }

    static let deletionRoutes: [GitLabRoute] = [Holder.Kind.group, .project].flatMap { kind in
        [
            .under(kind, "DELETE", "", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
                try gitlab.delete(holder, call)
            },
            .under(kind, "POST", "restore", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
                try gitlab.restore(holder, call)
            },
        ]
    }

    /// Removes what was marked long enough ago, or to be removed at once.
    ///
    /// - Returns: the projects that went.
    mutating func advance(to now: Date) -> [Int] {
        let due = marked.filter { holder in
            guard let mark = mark(of: holder) else { return false }
            return mark.removing || now.timeIntervalSince(mark.on) >= Double(settings.deletionDays) * 86_400
        }
        guard !due.isEmpty else { return [] }
        let before = Set(projects.keys)
        for holder in due where holder.kind == .project { projects[holder.id] = nil }
        let dueGroups = due.filter { $0.kind == .group }.map(\.id)
        for id in dueGroups.flatMap({ [$0] + descendants(of: $0) }) {
            projects = projects.filter { $0.value.namespace != id }
            groups[id] = nil
        }
        rebuildIndex()
        return before.subtracting(projects.keys).sorted()
    }

    func mark(of holder: Holder) -> DeletionMark? {
        switch holder {
        case .group(let id): groups[id]?.mark
        case .project(let id): projects[id]?.mark
        }
    }

    /// The day on which a group or project, or a group around it, was marked.
    func deletionDay(_ holder: Holder) -> String? {
        ([holder] + ancestors(of: holder)).lazy.compactMap { mark(of: $0) }.first.map { GitLabTime.day($0.on) }
    }

    private mutating func delete(_ holder: Holder, _ call: GitLabCall) throws -> SandboxResponse {
        if try call.arguments.flag("permanently_remove") == true { return try remove(holder, call) }
        guard mark(of: holder) == nil else {
            throw GitLabFailure.message(400, "\(holder.kind.title) has been already marked for deletion")
        }
        guard ancestors(of: holder).allSatisfy({ mark(of: $0) == nil }) else { return GitLabCall.accepted }
        let suffix = "-deletion_scheduled-\(holder.id)"
        switch holder {
        case .group(let id):
            guard var group = groups[id] else { break }
            group.mark = DeletionMark(on: call.now, name: group.name, path: group.path, archived: group.archived)
            group.name += suffix
            group.path += suffix
            groups[id] = group
        case .project(let id):
            guard var project = projects[id] else { break }
            project.mark = DeletionMark(
                on: call.now, name: project.name, path: project.path, archived: project.archived)
            project.name += suffix
            project.path += suffix
            project.archived = true
            projects[id] = project
        }
        rebuildIndex()
        return GitLabCall.accepted
    }

    private mutating func remove(_ holder: Holder, _ call: GitLabCall) throws -> SandboxResponse {
        guard settings.immediateDeletion || call.user.isAdmin else {
            throw GitLabFailure.message(400, "`permanently_remove` option is not permitted on this instance.")
        }
        if holder.kind == .group, parent(of: holder) == nil {
            throw GitLabFailure.message(400, "`permanently_remove` option is only available for subgroups.")
        }
        guard mark(of: holder) != nil else {
            throw GitLabFailure.message(400, "\(holder.kind.title) must be marked for deletion first.")
        }
        guard try call.arguments.text("full_path") == fullPath(holder) else {
            let what = holder.kind == .group ? "subgroup" : "project"
            throw GitLabFailure.message(
                400, "`full_path` is incorrect. You must enter the complete path for the \(what).")
        }
        switch holder {
        case .group(let id): groups[id]?.mark?.removing = true
        case .project(let id): projects[id]?.mark?.removing = true
        }
        return GitLabCall.accepted
    }

    private mutating func restore(_ holder: Holder, _ call: GitLabCall) throws -> SandboxResponse {
        guard let mark = mark(of: holder) else {
            throw GitLabFailure.message(400, "\(holder.kind.title) has not been marked for deletion")
        }
        let parent = holder.kind == .group ? groups[holder.id]?.parent : projects[holder.id]?.namespace
        // What took its place meanwhile keeps the path; the restored one gets a suffix.
        let isTaken = isTaken(mark.path, in: parent, except: holder)
        let suffix = isTaken ? "-\(GitLabSecret.make(prefix: "", length: 5))" : ""
        switch holder {
        case .group(let id):
            groups[id]?.name = mark.name + suffix
            groups[id]?.path = mark.path + suffix
            groups[id]?.mark = nil
        case .project(let id):
            projects[id]?.name = mark.name + suffix
            projects[id]?.path = mark.path + suffix
            projects[id]?.archived = mark.archived
            projects[id]?.mark = nil
        }
        rebuildIndex()
        return .json(201, try answer(holder, call))
    }

    /// The full form of a group or project.
    func answer(_ holder: Holder, _ call: GitLabCall) throws -> JSON {
        switch holder {
        case .group: detail(try group(holder), withProjects: true, base: call.base)
        case .project: detail(try project(holder), for: call.user, base: call.base)
        }
    }
}
