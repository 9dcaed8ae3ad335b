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
        let levels = ([holder] + ancestors(of: holder)).flatMap { self[contents: $0].members }
            .filter { $0.user == user.id }.map(\.level)
        return levels.max() ?? .none
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
