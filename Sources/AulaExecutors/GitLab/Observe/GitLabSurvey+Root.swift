import AulaEngine
import AulaModel

/// What is asked of the cohort's group, or about it while it is not there.
extension GitLabSurvey {
    /// The cohort's group; nil when it is proved absent.
    mutating func findRoot() async throws -> JSON? {
        do {
            return try await client.get("groups/\(place.group.pathSegment)", query: [("with_projects", "false")])
        } catch let failure as GitLabFailure where failure.isMissing {
            try await checkParent()
            return nil
        }
    }

    /// GitLab answers 404 for what one may not see as well: the root is absent only where its parent can be read.
    mutating func checkParent() async throws {
        guard let slash = place.group.lastIndex(of: "/") else {
            if client.host == "gitlab.com" {
                observation.notices.append(
                    Diagnostic(
                        .error, "gitlab.com lets nobody make the top-level group \(place.group) over its API",
                        hint:
                            "make it once at https://gitlab.com/groups/new, or set gitlab.group to PARENT/\(place.group)"
                    ))
            }
            // A token that cannot even say who it is must not prove anything absent.
            _ = try await client.get("user")
            return
        }
        let parent = String(place.group[..<slash])
        do {
            let json = try await client.get("groups/\(parent.pathSegment)", query: [("with_projects", "false")])
            if let id = json["id"]?.int {
                try await probeClusters(under: "groups/\(id)")
                try await nameTwins(in: id)
            }
        } catch let failure as GitLabFailure where failure.isMissing {
            throw ExecutionError(
                "the group \(parent) does not exist at \(client.host), or the token's user may not see it",
                hint: "make it, ask to be its owner, or correct gitlab.group in the cohort file")
        }
    }

    /// The same class under another path beside the one that the file says; asked only where that is not there.
    mutating func nameTwins(in parent: Int) async throws {
        for group in try await client.list("groups/\(parent)/subgroups") where group.deletedOn == nil {
            let mark = MarkedDescription(group["description"]?.string).mark
            guard let mark, mark.id == layout.mark.id else { continue }
            observation.notices.append(.twin(of: layout.mark, named: mark.cohort, "GitLab's group \(group.gitlabPath)"))
        }
    }

    /// Whether certificate-based clusters are switched on, asked of a project or group that exists.
    @discardableResult
    mutating func probeClusters(under path: String) async throws -> Bool {
        do {
            _ = try await client.get("\(path)/clusters", query: [("per_page", "1")])
            return true
        } catch let failure as GitLabFailure where failure.isMissing {
            guard place.registration == .certificate else { return false }
            observation.notices.append(
                Diagnostic(
                    .error, "certificate-based clusters are switched off at \(client.host)",
                    hint: "set `registration: variables`, or on a GitLab of your own ask its administrator for the "
                        + "feature flag certificate_based_clusters"))
            return false
        } catch let failure as GitLabFailure where failure.status == 403 && path.hasPrefix("groups/") {
            // Not ours to see there; the cohort's own projects will tell.
            return false
        }
    }
}
