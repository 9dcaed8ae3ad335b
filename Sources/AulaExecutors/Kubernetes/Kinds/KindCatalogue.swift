import AulaEngine
import AulaModel

/// Finds the kind that a manifest means: the built-in ones by heart, others by asking the cluster once.
actor KindCatalogue {
    /// What a manifest says of its kind.
    struct Name: Hashable, Sendable {
        var apiVersion: String
        var kind: String

        init?(_ manifest: JSON) {
            guard let apiVersion = manifest["apiVersion"]?.string, let kind = manifest["kind"]?.string else {
                return nil
            }
            self.apiVersion = apiVersion
            self.kind = kind
        }
    }

    private static let builtIn = Dictionary(
        ObjectKind.builtIn.map { ("\($0.apiVersion)/\($0.name)", $0) }, uniquingKeysWith: { first, _ in first })

    private var discovered: [String: [ObjectKind]] = [:]

    /// The kind, or nil where it is not built in.
    static func known(_ name: Name) -> ObjectKind? { builtIn["\(name.apiVersion)/\(name.kind)"] }

    /// The kind, or nil where the cluster has none of that name.
    ///
    /// - Throws: `ReadFailure`.
    func kind(_ name: Name, in api: KubernetesAPI, patience: Patience) async throws -> ObjectKind? {
        if let kind = Self.known(name) { return kind }
        if let kinds = discovered[name.apiVersion] { return kinds.first { $0.name == name.kind } }
        let path = name.apiVersion.contains("/") ? "/apis/\(name.apiVersion)" : "/api/\(name.apiVersion)"
        let answer = try await api.read(path, patience: patience)
        // Not remembered: a definition may be installed while aula runs.
        if answer.status == 404 { return nil }
        guard answer.status == 200, let list = try? JSON(parsing: answer.body) else {
            throw ReadFailure(Refusal(answer))
        }
        let kinds = Discovery.kinds(inResourceList: list, apiVersion: name.apiVersion).map(\.kind)
        discovered[name.apiVersion] = kinds
        return kinds.first { $0.name == name.kind }
    }
}
