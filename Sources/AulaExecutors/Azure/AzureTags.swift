import AulaModel

/// aula's mark as tags: Azure takes no slash in their names.
enum AzureTags {
    static func mark(in tags: JSON?) -> Mark? {
        guard tags?["aula-managed-by"] == "aula", let cohort = tags?["aula-cohort"]?.string,
            let id = tags?["aula-id"]?.string
        else { return nil }
        let origin = tags?["aula-origin"]?.string.flatMap { Mark.Origin(rawValue: $0) } ?? .created
        return Mark(cohort: cohort, id: id, origin: origin)
    }

    /// The tags to write: the mark, and what the body asks for.
    static func wanted(_ mark: Mark, _ body: JSON) -> [String: String] {
        var tags = ["aula-managed-by": "aula", "aula-cohort": mark.cohort, "aula-id": mark.id]
        if mark.origin != .created { tags["aula-origin"] = mark.origin.rawValue }
        for member in body["tags"]?.object?.members ?? [] { tags[member.key] = member.value.string }
        return tags
    }

    /// On a cluster from the first call until its creation has succeeded: while it is there, nothing was ever inside.
    static let unborn = ["aula-creation": "begun"]

    static func isUnborn(_ tags: JSON?) -> Bool { unborn.allSatisfy { tags?[$0.key]?.string == $0.value } }

    static func arguments(_ tags: [String: String]) -> [String] {
        ["--tags"] + tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}

extension AzureClient {
    /// Adds tags where they differ; those of others stay.
    func addTags(_ tags: [String: String], to id: String, having live: JSON?) async throws {
        guard tags.contains(where: { live?[$0.key]?.string != $0.value }) else { return }
        _ = try await call(
            ["tag", "update", "--resource-id", id, "--operation", "Merge"] + AzureTags.arguments(tags))
    }

    /// Takes our tags off, and nothing else.
    func removeTags(of id: String, having live: JSON?) async throws {
        var ours: [String: String] = [:]
        for member in live?.object?.members ?? [] where member.key.hasPrefix("aula-") {
            ours[member.key] = member.value.string ?? ""
        }
        guard !ours.isEmpty else { return }
        try await removeTags(ours, of: id)
    }

    func removeTags(_ tags: [String: String], of id: String) async throws {
        _ = try await call(
            ["tag", "update", "--resource-id", id, "--operation", "Delete"] + AzureTags.arguments(tags))
    }
}
