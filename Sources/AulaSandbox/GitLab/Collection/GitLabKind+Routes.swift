import AulaModel

extension GitLabKind {
    /// The routes of all kinds.
    static let routes: [GitLabRoute] = all.flatMap { kind in
        kind.roles.keys.sorted { $0.rawValue < $1.rawValue }.flatMap { kind.routes(below: $0) }
    }

    private func routes(below holder: Holder.Kind) -> [GitLabRoute] {
        guard let roles = roles[holder] else { return [] }
        let one = "\(path)/:key"
        var routes: [GitLabRoute] = []
        func route(
            _ verb: Verb, _ method: String, _ path: String, _ role: GitLabAccess,
            _ answer: @escaping @Sendable (inout GitLabInstance, GitLabPlace) throws -> SandboxResponse
        ) {
            guard verbs.contains(verb) else { return }
            routes.append(self.route(holder, method, path, role, answer))
        }
        route(.list, "GET", path, roles.read) { try $0.list(self, $1) }
        route(.create, "POST", path, roles.write) { try $0.create(self, $1) }
        route(.get, "GET", one, roles.read) { try $0.get(self, $1) }
        route(.update, updateMethod, one, roles.write) { try $0.update(self, $1) }
        route(.delete, "DELETE", one, roles.remove ?? roles.write) { try $0.delete(self, $1) }
        if !keyParameters.isEmpty {
            route(.update, updateMethod, path, roles.write) { try $0.update(self, $1) }
            route(.delete, "DELETE", path, roles.remove ?? roles.write) { try $0.delete(self, $1) }
        }
        routes += actions.map { action in
            self.route(holder, action.method, "\(one)/\(action.word)", action.role ?? roles.write) {
                try $0.perform(action, self, $1)
            }
        }
        return routes
    }

    private func route(
        _ kind: Holder.Kind, _ method: String, _ path: String, _ role: GitLabAccess,
        _ answer: @escaping @Sendable (inout GitLabInstance, GitLabPlace) throws -> SandboxResponse
    ) -> GitLabRoute {
        .under(kind, method, path, role: gate == nil ? role : .none) { gitlab, call, holder in
            let place = GitLabPlace(call: call, holder: holder, parent: try gitlab.parent(of: self, call, holder))
            if let gate {
                try gate(gitlab, place)
                try gitlab.require(role, on: holder, for: call.user)
            }
            return try answer(&gitlab, place)
        }
    }
}
