import AulaModel

/// GitLab's levels of access, by the numbers of its API.
enum GitLabAccess: Int, Codable, CaseIterable, Comparable, Sendable {
    case none = 0
    case minimal = 5
    case guest = 10
    case planner = 15
    case reporter = 20
    case developer = 30
    case maintainer = 40
    case owner = 50

    static func < (left: GitLabAccess, right: GitLabAccess) -> Bool { left.rawValue < right.rawValue }

    var title: String {
        switch self {
        case .none: "No access"
        case .minimal: "Minimal Access"
        case .guest: "Guest"
        case .planner: "Planner"
        case .reporter: "Reporter"
        case .developer: "Developer"
        case .maintainer: "Maintainer"
        case .owner: "Owner"
        }
    }
}

extension GitLabInstance {
    /// The highest level of a user on a group or project, by direct and inherited membership.
    func access(of user: User, on holder: Holder) -> GitLabAccess {
        if user.isAdmin { return .owner }
        if case .project(let id) = holder, projects[id]?.namespace == user.namespace { return .owner }
        let around = [holder] + ancestors(of: holder)
        let levels = around.flatMap { self[contents: $0].members }.filter { $0.user == user.id }.map(\.level)
        return max(levels.max() ?? .none, sharedAccess(of: user, on: around))
    }

    func isVisible(_ holder: Holder, to user: User) -> Bool {
        visibility(of: holder) != "private" || access(of: user, on: holder) > .none
    }

    func visibility(of holder: Holder) -> String {
        switch holder {
        case .group(let id): groups[id]?.visibility ?? "private"
        case .project(let id): projects[id]?.visibility ?? "private"
        }
    }

    /// A group or project by its number or its full path.
    ///
    /// - Throws: 404 for what does not exist and for what the user may not see alike.
    func find(_ kind: Holder.Kind, _ reference: String, for user: User) throws -> Holder {
        let holder: Holder?
        if let id = Int(reference) {
            holder = kind == .group ? groups[id].map { .group($0.id) } : projects[id].map { .project($0.id) }
        } else {
            holder = index[reference.lowercased()].flatMap { $0.kind == kind ? $0 : nil }
        }
        guard let holder, isVisible(holder, to: user) else { throw GitLabFailure.notFound(kind.title) }
        return holder
    }

    /// What a route's path names.
    ///
    /// - Throws: 404 as above; for the earlier path of a project, 301 to a read and 405 to all else.
    func find(_ kind: Holder.Kind, _ call: GitLabCall) throws -> Holder {
        let reference = call.parameter("id")
        do {
            return try find(kind, reference, for: call.user)
        } catch {
            guard kind == .project, let id = redirects[reference.lowercased()], projects[id] != nil,
                isVisible(.project(id), to: call.user)
            else { throw error }
            guard call.isRead else {
                throw GitLabFailure.message(405, "Non GET methods are not allowed for moved projects")
            }
            let rest = call.request.path.split(separator: "/").dropFirst(4).map { "/\($0)" }.joined()
            let address = "\(call.base)/api/v4/projects/\(id)\(rest)"
            throw GitLabFailure(
                status: 301, body: ["message": .string("This resource has been moved permanently to \(address)")],
                headers: [("Location", address)])
        }
    }

    /// - Throws: 403 for who may see a project and not its code.
    func requireCode(_ holder: Holder, for user: User) throws {
        guard visibility(of: holder) == "private" else { return }
        try require(.reporter, on: holder, for: user)
    }

    /// - Throws: 403 below the role.
    func require(_ role: GitLabAccess, on holder: Holder, for user: User) throws {
        guard role == .none || access(of: user, on: holder) >= role else { throw GitLabFailure.forbidden() }
    }

    /// - Throws: 403 where the group or project, or a group around it, is archived.
    func requireWritable(_ holder: Holder) throws {
        guard !isArchived(holder) else { throw GitLabFailure.forbidden() }
    }

    func isArchived(_ holder: Holder) -> Bool {
        ([holder] + ancestors(of: holder)).contains {
            switch $0 {
            case .group(let id): groups[id]?.archived == true
            case .project(let id): projects[id]?.archived == true
            }
        }
    }
}
