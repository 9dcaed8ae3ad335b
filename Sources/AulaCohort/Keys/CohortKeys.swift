import AulaModel

/// The keys at the top of a cohort file.
enum CohortKeys {
    static let version = Key.whole("version", 1...1, .required, "The version of the file's format.", example: "1")
    static let name = Key.text("name", .label, .required, "It begins every name that aula makes.", example: "memo2")
    static let id = Key.text(
        "id", .id, .derived("by `aula init`"),
        "What is made bears it; two editions with the same name never touch each other's things. Every command that looks "
            + "at live things insists on it.", example: "m2k7q9xd")
    static let title = Key.text(
        "title", .derived("the name"), "For people; the name of the class's GitLab group.",
        example: "MeMo2 @ FIUBA, 2020 second term")
    static let term = Key.parts(
        "term", .mapping(TermKeys.set), .none, "When the class runs.",
        example: "{ start: 2020-12-07, end: 2021-03-08, timezone: America/Argentina/Buenos_Aires }")
    static let pauses = Key.parts(
        "pauses", .list(of: .mapping(PauseKeys.set), count: 0...10_000), .none,
        "Days inside the term, without overlap, for which the price counts no nodes; stopping the cluster (`az aks stop`) "
            + "is up to you.", example: "[{ from: 2020-12-21, to: 2021-02-08, reason: recess }]")
    static let budget = Key.parts(
        "budget", .mapping(BudgetKeys.set), .none, "What the whole term may cost.",
        example: "{ amount: 100, currency: USD }")
    static let groups = Key.parts(
        "groups",
        .either([
            .whole(1...CohortReader.groupLimit),
            .list(of: .either([.text(nil), .mapping(GroupKeys.set)]), count: 1...CohortReader.groupLimit),
        ]), .required, "The teams: how many (they are called `g1`, `g2`, …), or their names.",
        example: "[Águila, { name: Cóndor, members: [ana] }]")
    static let environments = Key.parts(
        "environments",
        .list(
            of: .either([.text(.label), .mapping(EnvironmentKeys.set)]), count: 1...CohortReader.environmentLimit),
        .derived("`[prod]`"), "What each group has a copy of everything in.", example: "[test, prod]")
    static let components = Key.parts(
        "components", .names(.componentName, of: .mapping(ComponentKeys.set)), .none,
        "What each group runs: a mapping from a component's name to what it is.",
        example: "{ api: { template: api, port: 8080 } }")
    static let azure = Key.parts(
        "azure", .mapping(AzureKeys.set), .none,
        "It runs on a cluster that aula makes on Azure. Exactly one of `azure` and `kubernetes` must be there.",
        example: "{ subscription: 00000000-0000-0000-0000-000000000000, location: westus }")
    static let kubernetes = Key.parts(
        "kubernetes",
        .either([
            .mapping(KubernetesKeys.set),
            .list(of: .mapping(NamedSiteKeys.set), count: 2...CohortReader.siteLimit),
        ]), .none,
        "It runs on a cluster that you have: `{}` is the current context of your kubeconfig. Nothing on Azure is touched "
            + "then. A list, each `{ name: east, context: NAME }`, is several clusters; each group's `site:` says in which "
            + "one it lives.", example: "{}")
    static let gitlab = Key.parts(
        "gitlab", .mapping(GitLabKeys.set), .none,
        "Where the teams' projects are; without it there are none, and each image comes from this file.",
        example: "{ group: memo2-fiuba/2020-2c }")
    static let tokens = Key.parts(
        "tokens", .mapping(TokenKeys.set), .derived("`{ kind: longLived }`"),
        "How long the deployers' [tokens](term.md#tokens) live.", example: "{ kind: expiring, days: 30 }")

    static let set = KeySet(
        version.declaration, name.declaration, id.declaration, title.declaration, term.declaration, pauses.declaration,
        budget.declaration, groups.declaration, environments.declaration, components.declaration, azure.declaration,
        kubernetes.declaration, gitlab.declaration, tokens.declaration, alternatives: ["azure", "kubernetes"])
}

enum TermKeys {
    static let start = Key.day("start", .required, "The first day; local midnight begins it.", example: "2020-12-07")
    static let end = Key.day("end", .required, "The day after the last one.", example: "2021-03-08")
    static let timezone = Key.text(
        "timezone", .value("UTC"), "The IANA name of the zone whose midnights count.",
        example: "America/Argentina/Buenos_Aires")
    static let set = KeySet(start.declaration, end.declaration, timezone.declaration)
}

enum PauseKeys {
    static let from = Key.day("from", .required, "The first day of the pause.", example: "2020-12-21")
    static let to = Key.day("to", .required, "The day after its last one.", example: "2021-02-08")
    static let reason = Key.text("reason", .none, "For people.", example: "recess")
    static let set = KeySet(from.declaration, to.declaration, reason.declaration)
}

enum BudgetKeys {
    static let amount = Key.parts("amount", .amount, .required, "The money for the whole term.", example: "100")
    static let currency = Key.text(
        "currency", Form("USD", "USD"), .required, "The currency of the price book.", example: "USD")
    static let enforce = Key.flag(
        "enforce", .value(false), "Whether `apply` refuses what costs more.", example: "true")
    static let set = KeySet(amount.declaration, currency.declaration, enforce.declaration)
}

enum TokenKeys {
    enum Kind: String, CaseIterable { case longLived, expiring }

    static let kind = Key<Kind>.choice(
        "kind", .required, "Whether tokens live as long as the class, or end and are renewed.", example: "expiring")
    static let days = Key.whole(
        "days", 1...365, .value(30), "How long an expiring token lives.", example: "30")
    static let set = KeySet(kind.declaration, days.declaration)
}
