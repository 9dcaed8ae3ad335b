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
        var repository = Repository()

        /// What an attribute has when nobody gave it.
        static let defaults: [String: JSON] = [
            "auto_devops_enabled": false, "builds_access_level": "enabled", "ci_config_path": .null,
            "container_registry_access_level": "enabled", "environments_access_level": "enabled",
            "forking_access_level": "enabled", "infrastructure_access_level": "enabled",
            "issues_access_level": "enabled", "merge_requests_access_level": "enabled", "lfs_enabled": true,
            "only_allow_merge_if_pipeline_succeeds": false, "only_allow_merge_if_all_discussions_are_resolved": false,
            "pages_access_level": "private", "releases_access_level": "enabled", "repository_access_level": "enabled",
            "request_access_enabled": true, "shared_runners_enabled": true, "snippets_access_level": "enabled",
            "topics": [], "wiki_access_level": "enabled", "remove_source_branch_after_merge": true,
            "merge_method": "merge", "build_timeout": 3600, "ci_default_git_depth": 20,
            "packages_enabled": true, "squash_option": "default_off", "group_runners_enabled": true,
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
            "default_branch": project.repository.branches.isEmpty ? .null : .string(project.defaultBranch),
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
        json["empty_repo"] = .bool(project.repository.branches.isEmpty)
        json["creator_id"] = .int(project.creator)
        json["updated_at"] = .string(GitLabTime.text(project.updatedAt))
        let day = deletionDay(.project(project.id)).map(JSON.string) ?? .null
        json["marked_for_deletion_on"] = day
        json["marked_for_deletion_at"] = day
        return json
    }

    /// The form of one project.
    func detail(_ project: Project, base: String) -> JSON {
        var json = summary(project, base: base)
        json["shared_with_groups"] = []
        json["permissions"] = ["project_access": .null, "group_access": .null]
        return json
    }
}
