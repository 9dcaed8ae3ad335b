import AulaModel

/// Archiving: reads go on, every write is refused until it is taken back.
extension GitLabInstance {
    static let archiveRoutes: [GitLabRoute] = [
        .under(.project, "POST", "archive", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
            gitlab.projects[holder.id]?.archived = true
            return .json(201, try gitlab.answer(holder, call))
        },
        .under(.project, "POST", "unarchive", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
            guard gitlab.projects[holder.id]?.mark == nil else {
                throw GitLabFailure.message(400, "Project has been already marked for deletion")
            }
            gitlab.projects[holder.id]?.archived = false
            return .json(201, try gitlab.answer(holder, call))
        },
        .under(.group, "POST", "archive", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
            guard try !gitlab.group(holder).archived else {
                throw GitLabFailure.message(422, "Group is already archived!")
            }
            guard gitlab.deletionDay(holder) == nil else {
                throw GitLabFailure.message(422, "Group is marked for deletion!")
            }
            guard !gitlab.ancestors(of: holder).contains(where: gitlab.isArchived) else {
                throw GitLabFailure.message(
                    422, "Cannot archive group since one of the ancestor groups is already archived!")
            }
            gitlab.groups[holder.id]?.archived = true
            return .json(200, try gitlab.answer(holder, call))
        },
        .under(.group, "POST", "unarchive", role: .owner, readOnlyAllowed: true) { gitlab, call, holder in
            guard try gitlab.group(holder).archived else {
                throw GitLabFailure.message(422, "Group is already unarchived!")
            }
            gitlab.groups[holder.id]?.archived = false
            return .json(200, try gitlab.answer(holder, call))
        },
    ]
}
