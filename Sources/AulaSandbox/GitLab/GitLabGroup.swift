import AulaModel
import Foundation

extension GitLabInstance {
    struct Group: Codable, Sendable {
        var id: Int
        var name: String
        var path: String
        var parent: Int?
        var description = ""
        var visibility: String
        var createdAt: Date
        var archived = false
        var mark: DeletionMark?
        /// Other attributes that were given; they are kept and answered, and change nothing.
        var options: JSON = .object(JSONObject())
        var contents = Contents()

        /// What an attribute has when nobody gave it.
        static let defaults: [String: JSON] = [
            "project_creation_level": "developer", "subgroup_creation_level": "maintainer",
            "request_access_enabled": true, "membership_lock": false, "share_with_group_lock": false,
            "auto_devops_enabled": .null, "lfs_enabled": true, "emails_enabled": true, "default_branch": .null,
            "shared_runners_setting": "enabled", "require_two_factor_authentication": false,
            "two_factor_grace_period": 48, "mentions_disabled": .null, "default_branch_protection": 2,
        ]
    }

    /// The short form of lists.
    func summary(_ group: Group, base: String) -> JSON {
        let path = fullPath(.group(group.id))
        var json: JSON = .object(JSONObject(Group.defaults.map { ($0.key, $0.value) }))
        for member in group.options.object?.members ?? [] { json[member.key] = member.value }
        json["id"] = .int(group.id)
        json["web_url"] = .string("\(base)/groups/\(path)")
        json["name"] = .string(group.name)
        json["path"] = .string(group.path)
        json["description"] = .string(group.description)
        json["visibility"] = .string(group.visibility)
        json["full_name"] = .string(fullName(.group(group.id)))
        json["full_path"] = .string(path)
        json["parent_id"] = group.parent.map(JSON.int) ?? .null
        json["created_at"] = .string(GitLabTime.text(group.createdAt))
        json["archived"] = .bool(isArchived(.group(group.id)))
        json["marked_for_deletion_on"] = deletionDay(.group(group.id)).map(JSON.string) ?? .null
        json["organization_id"] = 1
        json["avatar_url"] = .null
        return json
    }

    /// The long form of one group.
    func detail(_ group: Group, withProjects: Bool, base: String) -> JSON {
        var json = summary(group, base: base)
        json["shared_with_groups"] = sharedGroups(.group(group.id))
        json["prevent_sharing_groups_outside_hierarchy"] = false
        guard withProjects else { return json }
        let own = projects.values.filter { $0.namespace == group.id }.sorted { $0.id < $1.id }.prefix(100)
        json["projects"] = .array(own.map { summary($0, base: base) })
        json["shared_projects"] = []
        return json
    }
}
