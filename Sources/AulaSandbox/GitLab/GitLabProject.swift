import AulaModel
import Foundation

extension GitLabInstance {
    struct Project: Codable, Sendable {
        var id: Int
        var name: String
        var path: String
        /// The number of the group or personal namespace it is in.
        var namespace: Int
        var creator: Int
        /// The project that it was copied from.
        var forkedFrom: Int?
        var description: String?
        var visibility: String
        var defaultBranch = "main"
        var createdAt: Date
        var updatedAt: Date
        var archived = false
        var mark: DeletionMark?
        /// Other attributes that were given; they are kept and answered, and change nothing.
        var options: JSON = .object(JSONObject())
        var contents = Contents()
        /// Each branch's last commit, as git last told.
        var heads: [String: String] = [:]
        /// Each tag's commit.
        var tags: [String: String] = [:]

        /// What an attribute has when nobody gave it.
        static let defaults: [String: JSON] = {
            var defaults: [String: JSON] = [
                "lfs_enabled": true, "topics": [], "merge_method": "merge", "build_timeout": 3600,
                "ci_default_git_depth": 20, "squash_option": "default_off", "build_git_strategy": "fetch",
                "ci_config_path": "", "auto_devops_deploy_strategy": "continuous",
                "auto_cancel_pending_pipelines": "enabled",
                "ci_pipeline_variables_minimum_override_role": "developer",
                "ci_restrict_pipeline_cancellation_role": "developer",
                "ci_id_token_sub_claim_components": ["project_path", "ref_type", "ref"],
                "ci_delete_pipelines_in_seconds": .null,
            ]
            for feature in [
                "builds", "container_registry", "environments", "feature_flags", "forking", "infrastructure", "issues",
                "merge_requests", "model_experiments", "model_registry", "monitor", "releases", "repository",
                "snippets", "wiki", "analytics", "security_and_compliance", "requirements",
            ] { defaults["\(feature)_access_level"] = "enabled" }
            defaults["security_and_compliance_access_level"] = "private"
            defaults["pages_access_level"] = "private"
            for name in [
                "request_access_enabled", "shared_runners_enabled", "remove_source_branch_after_merge",
                "packages_enabled", "group_runners_enabled", "emails_enabled", "keep_latest_artifact",
                "printing_merge_request_link_enabled", "service_desk_enabled", "enforce_auth_checks_on_uploads",
                "public_jobs", "ci_forward_deployment_enabled", "ci_forward_deployment_rollback_allowed",
                "ci_separated_caches", "ci_job_token_scope_enabled", "autoclose_referenced_issues",
            ] { defaults[name] = true }
            for name in [
                "auto_devops_enabled", "only_allow_merge_if_pipeline_succeeds", "allow_merge_on_skipped_pipeline",
                "only_allow_merge_if_all_discussions_are_resolved", "resolve_outdated_diff_discussions",
                "merge_pipelines_enabled", "merge_trains_enabled", "restrict_user_defined_variables",
                "mr_default_target_self", "warn_about_potentially_unwanted_characters", "mirror",
                "ci_allow_fork_pipelines_to_run_in_parent_project", "ci_push_repository_for_job_token_allowed",
                "pre_receive_secret_detection_enabled", "only_mirror_protected_branches",
            ] { defaults[name] = false }
            for name in [
                "merge_commit_template", "squash_commit_template", "suggestion_commit_message", "issue_branch_template",
                "merge_requests_template", "issues_template", "import_url",
                "external_authorization_classification_label",
                "max_artifacts_size", "runner_token_expiration_interval", "issue_email_prefix",
            ] { defaults[name] = .null }
            return defaults
        }()

        /// When the registry takes images away, until somebody says otherwise.
        static let registryPolicy: JSON = [
            "cadence": "1d", "enabled": false, "keep_n": 10, "older_than": "90d", "name_regex": ".*",
            "name_regex_keep": .null, "next_run_at": .null,
        ]
    }

    /// The shortest form: what names it.
    func identity(_ project: Project) -> JSON {
        [
            "id": .int(project.id), "description": project.description.map(JSON.string) ?? .null,
            "name": .string(project.name), "path": .string(project.path),
            "name_with_namespace": .string(fullName(.project(project.id))),
            "path_with_namespace": .string(fullPath(.project(project.id))),
            "created_at": .string(GitLabTime.text(project.createdAt)),
        ]
    }

    /// The short form of lists with `simple=true`.
    func simple(_ project: Project, base: String) -> JSON {
        let path = fullPath(.project(project.id))
        let host = base.split(separator: "/").last.map(String.init) ?? ""
        let name = host.split(separator: ":").first.map(String.init) ?? ""
        return [
            "id": .int(project.id), "description": project.description.map(JSON.string) ?? .null,
            "name": .string(project.name), "path": .string(project.path),
            "name_with_namespace": .string(fullName(.project(project.id))), "path_with_namespace": .string(path),
            "created_at": .string(GitLabTime.text(project.createdAt)),
            "default_branch": project.heads.isEmpty ? .null : .string(project.defaultBranch),
            "topics": project.options["topics"] ?? [], "tag_list": project.options["topics"] ?? [],
            "ssh_url_to_repo": .string("git@\(name):\(path).git"), "http_url_to_repo": .string("\(base)/\(path).git"),
            "web_url": .string("\(base)/\(path)"), "readme_url": .null, "forks_count": 0, "star_count": 0,
            "avatar_url": .null, "last_activity_at": .string(GitLabTime.text(project.updatedAt)),
            "namespace": namespaceSummary(project.namespace, base: base),
        ]
    }

    /// The form of lists.
    func summary(_ project: Project, base: String) -> JSON {
        var json = simple(project, base: base)
        for (key, value) in Project.defaults { json[key] = value }
        for member in project.options.object?.members ?? [] { json[member.key] = member.value }
        let host = base.split(separator: "/").last.map(String.init) ?? ""
        let path = fullPath(.project(project.id))
        json["container_registry_image_prefix"] = .string("registry.\(host)/\(path)".lowercased())
        json["visibility"] = .string(project.visibility)
        json["archived"] = .bool(isArchived(.project(project.id)))
        for feature in ["issues", "merge_requests", "wiki", "snippets"] {
            json["\(feature)_enabled"] = .bool(json["\(feature)_access_level"] != "disabled")
        }
        json["jobs_enabled"] = .bool(json["builds_access_level"] != "disabled")
        json["container_registry_enabled"] = .bool(json["container_registry_access_level"] != "disabled")
        json["container_expiration_policy"] = project.options["container_expiration_policy"] ?? Project.registryPolicy
        json["open_issues_count"] = .int(
            things("issues", of: .project(project.id)).count { $0.text("state") == "opened" })
        json["can_create_merge_request_in"] = true
        json["repository_object_format"] = "sha1"
        json["_links"] = .object(
            JSONObject(
                ["issues", "merge_requests", "labels", "events", "members", "cluster_agents"].map {
                    ($0, .string("\(base)/api/v4/projects/\(project.id)/\($0)"))
                } + [
                    ("self", .string("\(base)/api/v4/projects/\(project.id)")),
                    ("repo_branches", .string("\(base)/api/v4/projects/\(project.id)/repository/branches")),
                ]))
        json["empty_repo"] = .bool(project.heads.isEmpty)
        json["creator_id"] = .int(project.creator)
        json["updated_at"] = .string(GitLabTime.text(project.updatedAt))
        let day = deletionDay(.project(project.id)).map(JSON.string) ?? .null
        json["marked_for_deletion_on"] = day
        json["marked_for_deletion_at"] = day
        return json
    }

    /// The form of one project; `user` is who asks, whose levels it tells.
    func detail(_ project: Project, for user: User? = nil, base: String) -> JSON {
        let holder = Holder.project(project.id)
        var json = summary(project, base: base)
        json["shared_with_groups"] = sharedGroups(holder)
        json["forked_from_project"] = project.forkedFrom.flatMap { projects[$0] }.map { simple($0, base: base) }
        json["mr_default_target_self"] = project.forkedFrom == nil ? nil : json["mr_default_target_self"]
        json["import_status"] = project.forkedFrom == nil ? "none" : "finished"
        let level = { (members: [Member]) -> JSON in
            let level = members.filter { $0.user == user?.id }.map(\.level).max()
            return level.map { ["access_level": .int($0.rawValue), "notification_level": 3] } ?? .null
        }
        json["permissions"] = [
            "project_access": level(self[contents: holder].members),
            "group_access": level(ancestors(of: holder).flatMap { self[contents: $0].members }),
        ]
        return json
    }
}
