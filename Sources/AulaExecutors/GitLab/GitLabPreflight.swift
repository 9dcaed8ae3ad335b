import AulaEngine
import AulaModel

/// Asks GitLab, before the first write, whether the token and its user may do what a plan will do.
///
/// Source: GitLab's permissions: Owner of a group for its deploy tokens and variables (the lock is one); Maintainer of
/// the group above for making it, which makes its maker the Owner; the scope `api` for every write.
struct GitLabPreflight {
    let client: GitLabClient
    let place: GitLabHome
    let plan: Plan

    private static let maintainer = 40
    private static let owner = 50

    /// - Returns: at most one finding. A GitLab that does not answer says nothing here: the run itself will tell.
    func run() async -> [Diagnostic] {
        guard plan.changes.contains(where: { $0.address.system == .gitlab }) else { return [] }
        if let scopes = try? await client.get("personal_access_tokens/self")["scopes"]?.array,
            !scopes.contains("api")
        {
            let names = scopes.compactMap(\.string).joined(separator: ", ")
            return [
                Diagnostic(
                    .error, "the token for GitLab at \(client.host) may only \(names.isEmpty ? "look" : names)",
                    hint: "make a personal access token with the scope `api` there and export it as GITLAB_TOKEN")
            ]
        }
        return await role()
    }

    private func role() async -> [Diagnostic] {
        guard let user = try? await client.get("user"), let id = user["id"]?.int, user["is_admin"] != true,
            let (group, least) = await nearestGroup(), let level = await level(of: id, in: group), level < least
        else { return [] }
        let name = user["username"]?.string ?? "the token's user"
        let role = level == 0 ? "no member" : "\(Self.names[level] ?? "less than Owner")"
        return [
            Diagnostic(
                .error,
                "\(name) is \(role) of the group \(group) at \(client.host), and needs to be its "
                    + (Self.names[least] ?? "Owner"),
                hint: "an Owner can change that at \(client.url)/groups/\(group)/-/group_members")
        ]
    }

    /// The cohort's group, or while that does not exist the one above it, and the access that is needed there.
    private func nearestGroup() async -> (path: String, least: Int)? {
        let candidates = [(place.group, Self.owner)] + (place.group.parentPath.map { [($0, Self.maintainer)] } ?? [])
        for (path, least) in candidates {
            do {
                _ = try await client.get("groups/\(path.pathSegment)", query: [("with_projects", "false")])
                return (path, least)
            } catch let failure as GitLabFailure where failure.isMissing {
                continue
            } catch {
                return nil
            }
        }
        return nil
    }

    /// The access level, inherited ones counted; 0 for nobody's member, nil where GitLab does not say.
    private func level(of user: Int, in group: String) async -> Int? {
        do {
            return try await client.get("groups/\(group.pathSegment)/members/all/\(user)")["access_level"]?.int
        } catch let failure as GitLabFailure where failure.isMissing {
            return 0
        } catch {
            return nil
        }
    }

    private static let names = [
        5: "Minimal Access", 10: "Guest", 15: "Planner", 20: "Reporter", 30: "Developer", 40: "Maintainer",
    ]
}

extension String {
    /// `course/team` lies in `course`; a top-level group in none.
    fileprivate var parentPath: String? { lastIndex(of: "/").map { String(self[..<$0]) } }
}
