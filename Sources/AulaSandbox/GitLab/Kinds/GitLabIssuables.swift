import AulaModel

/// What issues and merge requests have alike.
extension GitLabInstance {
    /// - Throws: 403 for somebody who may not change it.
    func checkIssuable(_ place: GitLabPlace, _ thing: inout GitLabThing, _ before: GitLabThing?) throws {
        let arguments = place.call.arguments
        let user = place.call.user
        let level = access(of: user, on: place.holder)
        if let before {
            guard level >= .planner || before.author == user.id else { throw GitLabFailure.forbidden() }
        } else {
            thing["state"] = "opened"
        }
        let present = Set(before?["labels"].array ?? [])
        let added = try arguments.list("add_labels") ?? []
        let removed = try arguments.list("remove_labels") ?? []
        let labels = (thing["labels"].array ?? []) + added.map(JSON.string).filter { !present.contains($0) }
        thing["labels"] = .array(labels.filter { !removed.map(JSON.string).contains($0) }.sorted { $0.text < $1.text })
        if let id = try arguments.integer("assignee_id") {
            thing["assignee_ids"] = id == 0 ? [] : [.string(String(id))]
        }
        // A level below changes nothing but the words.
        if level < .planner {
            for name in ["labels", "assignee_ids", "milestone_id"] {
                thing[name] = before?[name] ?? (name == "milestone_id" ? .null : [])
            }
        }
        switch try arguments.choice("state_event", of: ["close", "reopen"]) {
        case "close":
            thing["state"] = "closed"
            thing["closed_at"] = .string(GitLabTime.text(place.call.now))
            thing["closed_by"] = .int(user.id)
        case "reopen":
            thing["state"] = "opened"
            thing["closed_at"] = .null
            thing["closed_by"] = .null
        default: break
        }
    }

    func renderIssuable(_ path: String, _ thing: GitLabThing, _ place: GitLabPlace, _ json: inout JSON) {
        let base = place.call.base
        let person = { (id: Int?) in id.flatMap { users[$0] }.map { summary($0, base: base) } ?? .null }
        let number = thing.iid ?? 0
        let assignees = (thing["assignee_ids"].array ?? []).compactMap { $0.string.flatMap { Int($0) } }.map {
            person($0)
        }
        let short = path == "issues" ? "#\(number)" : "!\(number)"
        json["iid"] = .int(number)
        json["project_id"] = .int(place.holder.id)
        json["state"] = thing["state"]
        json["author"] = person(thing.author)
        json["assignees"] = .array(assignees)
        json["assignee"] = assignees.first ?? .null
        json["milestone"] = milestone(thing["milestone_id"].int, place)
        json["closed_at"] = thing["closed_at"]
        json["closed_by"] = person(thing["closed_by"].int)
        json["web_url"] = page(place.holder, "\(path)/\(number)", place.call)
        json["references"] = [
            "short": .string(short), "relative": .string(short), "full": .string(fullPath(place.holder) + short),
        ]
        json["time_stats"] = [
            "time_estimate": 0, "total_time_spent": 0, "human_time_estimate": .null, "human_total_time_spent": .null,
        ]
        json["task_completion_status"] = ["count": 0, "completed_count": 0]
        for count in ["user_notes_count", "upvotes", "downvotes", "merge_requests_count", "blocking_issues_count"] {
            json[count] = 0
        }
        json["has_tasks"] = false
        json["imported"] = false
        json["imported_from"] = "none"
        json.stamp(thing)
    }

    private func milestone(_ id: Int?, _ place: GitLabPlace) -> JSON {
        for holder in [place.holder] + ancestors(of: place.holder) {
            guard let found = things("milestones", of: holder).first(where: { $0.id == id }) else { continue }
            return render(found, .milestones, GitLabPlace(call: place.call, holder: holder))
        }
        return .null
    }

    /// The address of a page about something in a group or project.
    func page(_ holder: Holder, _ path: String, _ call: GitLabCall) -> JSON {
        .string("\(call.base)/\(holder.kind == .group ? "groups/" : "")\(fullPath(holder))/-/\(path)")
    }
}

extension JSON {
    /// When a thing was made and last changed.
    mutating func stamp(_ thing: GitLabThing) {
        self["created_at"] = .string(GitLabTime.text(thing.createdAt))
        self["updated_at"] = .string(GitLabTime.text(thing.updatedAt))
    }
}
