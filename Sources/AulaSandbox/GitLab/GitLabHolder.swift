import AulaModel

extension GitLabInstance {
    /// A group or a project: what variables, members, clusters and tokens belong to.
    enum Holder: Hashable, Sendable {
        case group(Int)
        case project(Int)

        /// The word in the path of its routes.
        enum Kind: String, Sendable {
            case group = "groups"
            case project = "projects"

            /// The word in its answers' texts.
            var title: String { self == .group ? "Group" : "Project" }
        }

        var kind: Kind {
            switch self {
            case .group: .group
            case .project: .project
            }
        }

        var id: Int {
            switch self {
            case .group(let id), .project(let id): id
            }
        }
    }

    /// What groups and projects have alike.
    struct Contents: Codable, Sendable {
        var members: [Member] = []
        var invitations: [Invitation] = []
        var clusters: [Cluster] = []
        /// The things of the generic collections, by the path of their kind.
        var things: [String: [GitLabThing]] = [:]
    }

    subscript(contents holder: Holder) -> Contents {
        get {
            switch holder {
            case .group(let id): groups[id]?.contents ?? Contents()
            case .project(let id): projects[id]?.contents ?? Contents()
            }
        }
        set {
            switch holder {
            case .group(let id): groups[id]?.contents = newValue
            case .project(let id): projects[id]?.contents = newValue
            }
        }
    }

    /// The group around a group or project; nil at the top and in a personal namespace.
    func parent(of holder: Holder) -> Holder? {
        switch holder {
        case .group(let id): groups[id]?.parent.map { .group($0) }
        case .project(let id): projects[id].flatMap { groups[$0.namespace] == nil ? nil : .group($0.namespace) }
        }
    }

    /// The groups around a group or project, the nearest first.
    func ancestors(of holder: Holder) -> [Holder] {
        var found: [Holder] = []
        var next = parent(of: holder)
        while let holder = next {
            found.append(holder)
            next = parent(of: holder)
        }
        return found
    }

    func fullPath(_ holder: Holder) -> String {
        switch holder {
        case .group(let id): joined(groups[id]?.path, below: groups[id]?.parent, "/", namespacePath)
        case .project(let id): joined(projects[id]?.path, below: projects[id]?.namespace, "/", namespacePath)
        }
    }

    func fullName(_ holder: Holder) -> String {
        switch holder {
        case .group(let id): joined(groups[id]?.name, below: groups[id]?.parent, " / ", namespaceName)
        case .project(let id): joined(projects[id]?.name, below: projects[id]?.namespace, " / ", namespaceName)
        }
    }

    private func joined(
        _ part: String?, below parent: Int?, _ separator: String, _ full: (Int) -> String
    ) -> String {
        guard let part else { return "" }
        return parent.map { full($0) + separator + part } ?? part
    }

    /// The full path of a group or of a user's personal namespace.
    func namespacePath(_ id: Int) -> String {
        groups[id] != nil ? fullPath(.group(id)) : users.values.first { $0.namespace == id }?.username ?? ""
    }

    func namespaceName(_ id: Int) -> String {
        groups[id] != nil ? fullName(.group(id)) : users.values.first { $0.namespace == id }?.name ?? ""
    }
}
