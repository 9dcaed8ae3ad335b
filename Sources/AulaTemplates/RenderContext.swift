package import AulaModel

/// Everything that a template may ask about the position where it is rendered.
package struct RenderContext: Sendable {
    package let mark: Mark
    package private(set) var group: Group?
    package private(set) var environment: String?
    /// Where objects without a namespace go.
    package private(set) var namespace: String
    /// Values over those of parameters, by name, such as the sizes of the environment's quota.
    package var values: [String: JSON] = [:]
    /// The values of the built-in names; those of a component are filled in when it is rendered.
    private(set) var frame: Frame

    /// - Parameters:
    ///   - cohort: what the names of the cohort, its cluster and its GitLab stand for.
    ///   - envFrom: `TemplateLibrary.envFrom(of:)`.
    package init(cohort: Cohort, envFrom: JSON = []) {
        mark = Mark(cohort: cohort.name, id: cohort.id ?? "")
        namespace = cohort.ownNamespace
        frame = Frame(values: Array(repeating: .null, count: Names.BuiltIn.allCases.count))
        frame[.cohort] = .string(cohort.name)
        frame[.id] = .string(cohort.id ?? "")
        frame[.title] = .string(cohort.title)
        frame[.envFrom] = envFrom
        frame[.gitlab] = .bool(cohort.gitlab != nil)
        if let gitlab = cohort.gitlab {
            frame[.gitlabUrl] = .string(gitlab.url)
            frame[.gitlabGroup] = .string(gitlab.group)
            frame[.registry] = .string(Self.registry(of: gitlab.url))
        }
        switch cohort.site {
        case .azure(let azure):
            frame[.subscription] = .string(azure.subscription)
            frame[.resourceGroup] = .string(azure.resourceGroup)
            frame[.cluster] = .string(azure.cluster.name)
        case .context(let name):
            frame[.context] = name.map(JSON.string) ?? .null
        }
    }

    /// Moves on to another position; what was set about the cohort stays.
    package mutating func place(
        group: Group?, environment: String?, namespace: String, serverNamespace: String? = nil
    ) {
        self.group = group
        self.environment = environment
        self.namespace = namespace
        frame[.group] = (group?.key).map(JSON.string) ?? .null
        frame[.groupName] = (group?.name).map(JSON.string) ?? .null
        frame[.environment] = environment.map(JSON.string) ?? .null
        frame[.namespace] = .string(namespace)
        frame[.serverNamespace] = serverNamespace.map(JSON.string) ?? .null
    }

    /// The host of a GitLab's container registry: `registry.` and its own host, which is also what GitLab proposes.
    private static func registry(of url: String) -> String {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        return "registry." + rest.prefix { $0 != "/" && $0 != ":" }
    }
}
