/// One edition of a course: who takes part, what runs, for how long, for how much, and where.
package struct Cohort: Hashable, Sendable {
    /// A DNS label that prefixes every name.
    package var name: String
    /// Eight random characters that make this edition's things its own; nil until `aula init` wrote them.
    package var id: String?
    package var title: String
    package var term: Term?
    package var budget: Budget?
    package var groups: [Group]
    package var environments: [Environment]
    /// In the file's order.
    package var components: [Component]
    /// Where the workloads run; the first of the sites, where there are several.
    package var site: KubernetesSite
    /// All of them, where there are several, and none otherwise: then nothing needs a name.
    package var sites: [NamedSite]
    package var gitlab: GitLabHome?
    package var tokens: TokenPolicy
    /// Where the file says each thing, for findings of later stages: keys such as `components.api.port`.
    package var positions: [String: SourcePosition]

    package init(
        name: String, id: String?, title: String, term: Term?, budget: Budget?, groups: [Group],
        environments: [Environment], components: [Component], site: KubernetesSite,
        sites: [NamedSite] = [], gitlab: GitLabHome?, tokens: TokenPolicy = .longLived,
        positions: [String: SourcePosition] = [:]
    ) {
        self.name = name
        self.id = id
        self.title = title
        self.term = term
        self.budget = budget
        self.groups = groups
        self.environments = environments
        self.components = components
        self.site = site
        self.sites = sites
        self.gitlab = gitlab
        self.tokens = tokens
        self.positions = positions
    }
}

/// How a deployer's token is made.
package enum TokenPolicy: Hashable, Sendable {
    /// A token Secret without expiry; deleted with its namespace.
    case longLived
    /// A requested token that expires after so many days, bound to a Secret of its own.
    case expiring(days: Int)
}
