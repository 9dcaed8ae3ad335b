import AulaModel

/// Who asks to come in, and which groups a project or group is shared with.
extension GitLabKind {
    /// A request is found by the number of who asks.
    static let accessRequests: GitLabKind = GitLabKind(
        path: "access_requests",
        roles: [
            .project: Roles(.maintainer, .none, remove: GitLabAccess.none),
            .group: Roles(.owner, .none, remove: GitLabAccess.none),
        ],
        keyName: "user_id", fields: [], verbs: [.list, .create, .delete],
        check: { gitlab, place, request, _, problems in
            let user = place.call.user
            guard gitlab.access(of: user, on: place.holder) == .none else { throw GitLabFailure.forbidden() }
            if gitlab.things("access_requests", of: place.holder).contains(where: { $0.id == user.id }) {
                problems.append(("user_id", "has already been taken"))
            }
            request.id = user.id
        },
        render: { gitlab, place, request, json in
            guard let user = gitlab.users[request.id] else { return }
            json = gitlab.summary(user, base: place.call.base)
            json["created_at"] = .string(GitLabTime.text(request.createdAt))
            json["requested_at"] = json["created_at"]
        },
        removed: { gitlab, place, request in
            guard request.id != place.call.user.id else { return }
            try gitlab.require(
                place.holder.kind == .group ? .owner : .maintainer, on: place.holder, for: place.call.user)
        },
        actions: [
            Action(method: "PUT", word: "approve", role: nil) { gitlab, place, request in
                try gitlab.require(
                    place.holder.kind == .group ? .owner : .maintainer, on: place.holder, for: place.call.user)
                let level =
                    place.call.arguments.has("access_level") ? try gitlab.level(place.call.arguments) : .developer
                let id = request.id
                gitlab.change("access_requests", of: place.holder) { $0.removeAll { $0.id == id } }
                let member = GitLabInstance.Member(
                    user: id, level: level, createdAt: place.call.now, createdBy: place.call.user.id)
                gitlab[contents: place.holder].members.append(member)
                return .json(201, gitlab.render(member, base: place.call.base))
            }
        ])

    /// Found by the number of the group that it is shared with.
    static let shares: GitLabKind = GitLabKind(
        path: "share", roles: [.project: Roles(.maintainer, .maintainer), .group: Roles(.owner, .owner)],
        keyName: "group_id",
        fields: [
            .required("group_id", .number), .required("group_access", .level([10, 15, 20, 30, 40, 50])),
            .optional("expires_at", .day),
        ],
        unique: Unique(
            "group_id", answer: .failure { _ in .conflict("Group already shared with this group") }),
        verbs: [.create, .delete],
        check: { gitlab, place, share, _, _ in
            guard let id = share["group_id"].int, gitlab.groups[id] != nil,
                gitlab.isVisible(.group(id), to: place.call.user)
            else { throw GitLabFailure.notFound("Group") }
            guard .group(id) != place.holder else { throw GitLabFailure.notFound("Group") }
            share.id = id
        },
        render: { gitlab, place, share, json in
            json["project_id"] = .int(place.holder.id)
            guard place.holder.kind == .group else { return }
            json = (try? gitlab.answer(place.holder, place.call)) ?? json
        })
}

extension GitLabInstance {
    /// The groups that something is shared with, as its long form lists them.
    func sharedGroups(_ holder: Holder) -> JSON {
        .array(
            things("share", of: holder).compactMap { share in
                guard let group = groups[share.id] else { return nil }
                return [
                    "group_id": .int(group.id), "group_name": .string(group.name),
                    "group_full_path": .string(fullPath(.group(group.id))), "group_access_level": share["group_access"],
                    "expires_at": share["expires_at"],
                ]
            })
    }

    /// The highest level that a user has by shares with groups that they are a member of.
    func sharedAccess(of user: User, on holders: [Holder]) -> GitLabAccess {
        let levels = holders.flatMap { things("share", of: $0) }.map { share in
            let around = [.group(share.id)] + ancestors(of: .group(share.id))
            let own =
                around.flatMap { self[contents: $0].members }.filter { $0.user == user.id }.map(\.level).max() ?? .none
            return min(own, GitLabAccess(rawValue: share["group_access"].int ?? 0) ?? .none)
        }
        return levels.max() ?? .none
    }
}
