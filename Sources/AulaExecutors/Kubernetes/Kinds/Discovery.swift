import AulaEngine
import AulaModel

/// What a cluster says of the kinds that it serves.
enum Discovery {
    struct Entry: Sendable {
        var kind: ObjectKind
        var verbs: Set<String>
    }

    /// Every kind in its preferred version, from the two aggregated documents or, where a server has none, from the
    /// document of each group.
    ///
    /// - Throws: `ReadFailure`.
    static func everything(in api: KubernetesAPI, patience: Patience) async throws -> [Entry] {
        async let core = document("/api", in: api, patience: patience)
        async let groups = document("/apis", in: api, patience: patience)
        return try await core + groups
    }

    private static func document(
        _ path: String, in api: KubernetesAPI, patience: Patience
    ) async throws -> [Entry] {
        let document = try await json(
            path, accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
            in: api, patience: patience)
        if document["kind"]?.string == "APIGroupDiscoveryList" {
            return (document["items"]?.array ?? []).flatMap(kinds(inGroup:))
        }
        var entries: [Entry] = []
        let coreVersions = (document["versions"]?.array ?? []).compactMap(\.string).prefix(1)
        let groupVersions = (document["groups"]?.array ?? []).compactMap { group in
            group["preferredVersion"]?["groupVersion"]?.string
        }
        for version in coreVersions + groupVersions {
            let list = try await json("\(path)/\(version)", accept: "application/json", in: api, patience: patience)
            entries += kinds(inResourceList: list, apiVersion: version)
        }
        return entries
    }

    private static func json(
        _ path: String, accept: String, in api: KubernetesAPI, patience: Patience
    ) async throws -> JSON {
        let answer = try await api.read(path, accept: accept, patience: patience)
        guard answer.status == 200, let json = try? JSON(parsing: answer.body) else {
            throw ReadFailure(Refusal(answer))
        }
        return json
    }

    /// One item of an `APIGroupDiscoveryList`; the first version is the preferred one.
    private static func kinds(inGroup group: JSON) -> [Entry] {
        let name = group["metadata"]?["name"]?.string ?? ""
        guard let version = group["versions"]?[0] else { return [] }
        return (version["resources"]?.array ?? []).compactMap { resource in
            guard let plural = resource["resource"]?.string,
                let kind = resource["responseKind"]?["kind"]?.string, let number = version["version"]?.string
            else { return nil }
            return Entry(
                kind: ObjectKind(
                    name, number, kind, plural, isNamespaced: resource["scope"]?.string == "Namespaced"),
                verbs: Set((resource["verbs"]?.array ?? []).compactMap(\.string)))
        }
    }

    /// An `APIResourceList`: the older form, one document for each group and version.
    static func kinds(inResourceList list: JSON, apiVersion: String) -> [Entry] {
        let parts = apiVersion.split(separator: "/").map(String.init)
        let (group, version) = parts.count == 2 ? (parts[0], parts[1]) : ("", apiVersion)
        return (list["resources"]?.array ?? []).compactMap { resource in
            // A slash names a part of an object, such as `deployments/scale`.
            guard let plural = resource["name"]?.string, !plural.contains("/"),
                let kind = resource["kind"]?.string
            else { return nil }
            return Entry(
                kind: ObjectKind(group, version, kind, plural, isNamespaced: resource["namespaced"]?.bool ?? true),
                verbs: Set((resource["verbs"]?.array ?? []).compactMap(\.string)))
        }
    }
}
