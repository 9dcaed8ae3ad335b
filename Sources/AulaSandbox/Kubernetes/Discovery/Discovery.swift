import AulaModel
import Foundation

/// The documents by which a client learns what the server serves, made from the table of kinds.
struct Discovery {
    /// Says that this is no real server; kubectl up to one minor version away accepts it without a warning.
    static let version = "v1.36.0-sandbox"

    private static let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    let table: KindTable

    /// Nil where the path is none of discovery's.
    func answer(_ request: SandboxRequest) -> SandboxResponse? {
        let words = request.segments
        switch (words.first, words.count) {
        case ("version", 1): return .json(200, Self.versionInfo)
        case ("readyz", _), ("livez", _), ("healthz", _):
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")], body: .bytes(Data("ok".utf8)))
        case ("api", 1):
            if wantsAggregated(request) { return list(groups: [""]) }
            return .json(
                200,
                [
                    "kind": "APIVersions", "versions": ["v1"],
                    "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:443"]],
                ])
        case ("apis", 1):
            if wantsAggregated(request) { return list(groups: named) }
            return .json(200, ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(named.map(group))])
        case ("apis", 2) where named.contains(words[1]):
            var body = group(words[1])
            body["kind"] = "APIGroup"
            body["apiVersion"] = "v1"
            return .json(200, body)
        case ("api", 2) where words[1] == "v1": return resources("v1")
        case ("apis", 3): return resources("\(words[1])/\(words[2])")
        default: return nil
        }
    }

    private static let versionInfo: JSON = [
        "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "35", "gitVersion": .string(version),
        "gitCommit": "0000000000000000000000000000000000000000", "gitTreeState": "clean",
        "buildDate": "1970-01-01T00:00:00Z", "goVersion": "none", "compiler": "swift", "platform": "linux/amd64",
    ]

    private var named: [String] { table.groups.filter { !$0.isEmpty } }

    private func wantsAggregated(_ request: SandboxRequest) -> Bool {
        request.headers["accept"]?.contains("as=APIGroupDiscoveryList") ?? false
    }

    private func group(_ name: String) -> JSON {
        let versions = self.versions(name).map { version -> JSON in
            ["groupVersion": .string("\(name)/\(version)"), "version": .string(version)]
        }
        return ["name": .string(name), "versions": .array(versions), "preferredVersion": versions.first ?? .null]
    }

    private func versions(_ group: String) -> [String] {
        table.kinds.filter { $0.group == group }.map(\.version).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    private func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

    /// The older form: one document a group and version.
    private func resources(_ apiVersion: String) -> SandboxResponse? {
        let kinds = table.kinds.filter { $0.apiVersion == apiVersion }.sorted { $0.plural < $1.plural }
        guard !kinds.isEmpty else { return nil }
        var body: JSON = [
            "kind": "APIResourceList", "groupVersion": .string(apiVersion), "resources": .array(kinds.flatMap(entries)),
        ]
        if apiVersion != "v1" { body["apiVersion"] = "v1" }
        return .json(200, body)
    }

    private func entries(_ kind: Kind) -> [JSON] {
        var main: JSON = [
            "name": .string(kind.plural), "singularName": .string(kind.singular),
            "namespaced": .bool(kind.isNamespaced),
            "kind": .string(kind.name), "verbs": strings(kind.verbs),
        ]
        if !kind.shortNames.isEmpty { main["shortNames"] = strings(kind.shortNames) }
        if !kind.categories.isEmpty { main["categories"] = strings(kind.categories) }
        if kind.verbs.contains("watch") { main["storageVersionHash"] = .string(kind.storageVersionHash) }
        return [main]
            + kind.subresources.map { sub in
                var entry: JSON = [
                    "name": .string("\(kind.plural)/\(sub.name)"), "singularName": "",
                    "namespaced": .bool(kind.isNamespaced), "kind": .string(sub.kind ?? kind.name),
                    "verbs": strings(sub.verbs),
                ]
                if let group = sub.group { entry["group"] = .string(group) }
                if let version = sub.version { entry["version"] = .string(version) }
                return entry
            }
    }

    /// The aggregated form: everything in one document.
    private func list(groups: [String]) -> SandboxResponse {
        let items = groups.map { group -> JSON in
            let versions = self.versions(group).map { version -> JSON in
                let kinds = table.kinds.filter { $0.group == group && $0.version == version }
                return [
                    "version": .string(version), "freshness": "Current",
                    "resources": .array(kinds.sorted { $0.plural < $1.plural }.map(aggregated)),
                ]
            }
            return ["metadata": group.isEmpty ? [:] : ["name": .string(group)], "versions": .array(versions)]
        }
        let body: JSON = [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:],
            "items": .array(items),
        ]
        return SandboxResponse(status: 200, headers: [("Content-Type", Self.aggregated)], body: .bytes(body.data))
    }

    private func aggregated(_ kind: Kind) -> JSON {
        func response(_ group: String, _ version: String, _ name: String) -> JSON {
            ["group": .string(group), "version": .string(version), "kind": .string(name)]
        }
        var entry: JSON = [
            "resource": .string(kind.plural), "singularResource": .string(kind.singular), "verbs": strings(kind.verbs),
            "scope": kind.isNamespaced ? "Namespaced" : "Cluster", "responseKind": response("", "", kind.name),
        ]
        if !kind.shortNames.isEmpty { entry["shortNames"] = strings(kind.shortNames) }
        if !kind.categories.isEmpty { entry["categories"] = strings(kind.categories) }
        if !kind.subresources.isEmpty {
            entry["subresources"] = .array(
                kind.subresources.map { sub in
                    [
                        "subresource": .string(sub.name), "verbs": strings(sub.verbs),
                        "responseKind": response(sub.group ?? "", sub.version ?? "", sub.kind ?? kind.name),
                    ]
                })
        }
        return entry
    }
}
