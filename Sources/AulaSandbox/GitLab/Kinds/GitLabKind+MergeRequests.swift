import AulaModel
import Foundation

/// Merge requests inside a project; what they change is git's word.
extension GitLabKind {
    static let mergeRequests: GitLabKind = GitLabKind(
        path: "merge_requests", roles: [.project: Roles(.none, .developer, remove: .owner)],
        keyName: "merge_request_iid", key: .iid,
        fields: [
            .required("source_branch", fixed: true), .required("target_branch"),
            .required("title", .text, .present, .atMost(255)),
            .optional("description"), .optional("labels", .list, []), .optional("milestone_id", .number, shown: false),
            .optional("assignee_ids", .list, [], shown: false), .optional("reviewer_ids", .list, [], shown: false),
            .optional("squash", .flag, false), .optional("discussion_locked", .flag),
            .optional("remove_source_branch", .flag, .null, shown: false),
        ],
        filters: [
            .iids, .state, .labels, .search("title", "description"), .equal("source_branch"), .equal("target_branch"),
        ],
        order: GitLabOrder(
            field: "created_at", ascending: false, choices: ["created_at", "updated_at", "title", "merged_at"]),
        isNumbered: true,
        check: { gitlab, place, request, before, _ in
            let project = try gitlab.project(place.holder)
            let (source, target) = (request.text("source_branch"), request.text("target_branch"))
            let conflict = { (text: String) in GitLabFailure(status: 409, body: ["message": [.string(text)]]) }
            if before == nil {
                guard source != target else {
                    throw GitLabFailure(
                        status: 422, body: ["error": ["You can't use same project/branch for source and target"]])
                }
                for (branch, name) in [(source, "source_branch"), (target, "target_branch")]
                where project.heads[branch] == nil {
                    throw GitLabFailure.validation(name, "can't be found")
                }
                let open = gitlab.things("merge_requests", of: place.holder).first {
                    $0.text("state") == "opened" && $0["source_branch"] == request["source_branch"]
                        && $0["target_branch"] == request["target_branch"]
                }
                if let open {
                    throw conflict(
                        "Another open merge request already exists for this source branch: !\(open.iid ?? 0)")
                }
            }
            try gitlab.checkIssuable(place, &request, before)
            if request.text("state") == "opened" {
                request["sha"] = project.heads[source].map(JSON.string) ?? request["sha"]
            }
        },
        render: { gitlab, place, request, json in
            gitlab.renderIssuable("merge_requests", request, place, &json)
            let project = try? gitlab.project(place.holder)
            let head = request.text("state") == "opened" ? project?.heads[request.text("source_branch")] : nil
            let isDraft = request.text("title").lowercased().hasPrefix("draft:")
            json["sha"] = head.map(JSON.string) ?? request["sha"]
            json["source_project_id"] = .int(place.holder.id)
            json["target_project_id"] = .int(place.holder.id)
            json["draft"] = .bool(isDraft)
            json["work_in_progress"] = .bool(isDraft)
            json["merge_status"] = "can_be_merged"
            json["detailed_merge_status"] = .string(
                request.text("state") != "opened" ? "not_open" : isDraft ? "draft_status" : "mergeable")
            for name in ["merge_commit_sha", "squash_commit_sha", "merged_at"] { json[name] = request[name] }
            let merger =
                gitlab.users[request["merged_by"].int ?? 0].map { gitlab.summary($0, base: place.call.base) } ?? .null
            json["merged_by"] = merger
            json["merge_user"] = merger
            json["reviewers"] = .array(
                (request["reviewer_ids"].array ?? []).compactMap { $0.string.flatMap { Int($0) } }
                    .compactMap { gitlab.users[$0] }.map { gitlab.summary($0, base: place.call.base) })
            json["force_remove_source_branch"] = request["remove_source_branch"]
            json["should_remove_source_branch"] = .null
            json["merge_when_pipeline_succeeds"] = false
            json["has_conflicts"] = false
            json["blocking_discussions_resolved"] = true
            json["reference"] = .string("!\(request.iid ?? 0)")
            json["squash_on_merge"] = request["squash"]
            guard !place.isList else { return }
            json["changes_count"] = .null
            json["user"] = [
                "can_merge": .bool(
                    gitlab.may("merge", request.text("target_branch"), in: place.holder, place.call.user))
            ]
            json["head_pipeline"] =
                head.flatMap { gitlab.lastPipeline(of: $0, in: place.holder) }
                .map { gitlab.basic($0, place.holder, place.call) } ?? .null
        })
}

extension GitLabMachine {
    static let mergeRoutes: [GitLabRoute] = [
        .git("PUT", "merge_requests/:key/merge", role: .developer) { try await $0.merge($1, $2) },
        .code("GET", "merge_requests/:key/commits") { machine, call, project in
            let (request, base, head) = try await machine.sides(call, project)
            _ = request
            let log = GitLog(
                try await machine.output(project.id, ["log", GitLog.format, "\(base)..\(head)", "--"]),
                page: machine.pageAddress(project, call))
            return try call.page(log.commits) { $0.json }
        },
        .code("GET", "merge_requests/:key/diffs") { machine, call, project in
            let (_, base, head) = try await machine.sides(call, project)
            return try call.page(GitDiff.files(try await machine.output(project.id, GitDiff.arguments + [base, head])))
            { $0 }
        },
        .code("GET", "merge_requests/:key/changes") { machine, call, project in
            let (request, base, head) = try await machine.sides(call, project)
            let place = GitLabPlace(call: call, holder: .project(project.id))
            var json = machine.instance.render(request, .mergeRequests, place)
            json["changes"] = .array(
                GitDiff.files(try await machine.output(project.id, GitDiff.arguments + [base, head])))
            return .json(200, json)
        },
    ]

    /// A merge request with the commits between which it stands.
    private func sides(_ call: GitLabCall, _ project: Project) async throws -> (GitLabThing, base: String, head: String)
    {
        let place = GitLabPlace(call: call, holder: .project(project.id))
        let request = try instance.find(.mergeRequests, place)
        let isOpen = request.text("state") == "opened"
        guard let head = isOpen ? project.heads[request.text("source_branch")] : request["sha"].string,
            let target = request["base_sha"].string ?? project.heads[request.text("target_branch")]
        else { throw GitLabFailure.notFound("Commit") }
        return (request, try await mergeBase(target, head, project) ?? target, head)
    }

    private func merge(_ call: GitLabCall, _ project: Project) async throws -> SandboxResponse {
        let place = GitLabPlace(call: call, holder: .project(project.id))
        var request = try instance.find(.mergeRequests, place)
        let (source, target) = (request.text("source_branch"), request.text("target_branch"))
        guard instance.may("merge", target, in: place.holder, call.user) else { throw GitLabFailure.unauthorized }
        let isDraft = request.text("title").lowercased().hasPrefix("draft:")
        guard request.text("state") == "opened", !isDraft, let head = project.heads[source],
            let base = project.heads[target]
        else { throw GitLabFailure.message(405, "405 Method Not Allowed") }
        if let sha = try call.arguments.text("sha"), sha != head {
            throw GitLabFailure.message(409, "SHA does not match HEAD of source branch: \(head)")
        }
        let tree = try await git(project.id, ["merge-tree", "--write-tree", base, head])
        guard tree.isGood else { throw GitLabFailure.message(422, "Branch cannot be merged") }
        let squash = try call.arguments.flag("squash") ?? request.flag("squash")
        let usual =
            squash
            ? request.text("title")
            : "Merge branch '\(source)' into '\(target)'\n\n\(request.text("title"))\n\nSee merge request \(instance.fullPath(place.holder))!\(request.iid ?? 0)"
        let message = try call.arguments.text(squash ? "squash_commit_message" : "merge_commit_message") ?? usual
        let parents = squash ? ["-p", base] : ["-p", base, "-p", head]
        let stamp = "\(Int(call.now.timeIntervalSince1970)) +0000"
        let object = """
            tree \(tree.line)
            \(stride(from: 1, to: parents.count, by: 2).map { "parent \(parents[$0])" }.joined(separator: "\n"))
            author \(call.user.gitName) \(stamp)
            committer \(call.user.gitName) \(stamp)

            \(message)
            """
        let made = try await output(
            project.id, ["hash-object", "-t", "commit", "-w", "--stdin"], input: Data(object.utf8)
        ).line
        let moved = try await git(project.id, ["update-ref", "refs/heads/\(target)", made, base])
        guard moved.isGood else { throw GitLabFailure.message(409, "409 Conflict") }
        self.moved(target, to: made, of: project.id, by: call.user, now: call.now)
        request["state"] = "merged"
        request["sha"] = .string(head)
        request["base_sha"] = .string(base)
        request[squash ? "squash_commit_sha" : "merge_commit_sha"] = .string(made)
        request["merged_at"] = .string(GitLabTime.text(call.now))
        request["merged_by"] = .int(call.user.id)
        request.updatedAt = call.now
        instance.store(request, "merge_requests", of: place.holder)
        let removes = try call.arguments.flag("should_remove_source_branch") ?? request.flag("remove_source_branch")
        if removes, source != project.defaultBranch {
            _ = try await git(project.id, ["update-ref", "-d", "refs/heads/\(source)", head])
            self.moved(source, to: nil, of: project.id, by: call.user, now: call.now)
        }
        await pushed(target, made, to: project.id, by: call.user, now: call.now)
        return .json(200, instance.render(request, .mergeRequests, place))
    }
}
