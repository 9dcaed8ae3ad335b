import AulaCohort
import AulaModel
import Testing

/// What a newcomer writes.
@Suite struct SiteMistakeTests {
    @Test func `a context's name right behind kubernetes is answered with how to write it`() {
        let text = "version: 1\nname: memo2\ngroups: 2\nkubernetes: sandbox\n"
        #expect(
            findings(text) == [
                "c:4:13: error: `kubernetes` must be a mapping, not `sandbox`\n"
                    + "  hint: write kubernetes: { context: sandbox }"
            ])
    }
}

@Suite struct SitesTests {
    private static let subscription = "subscription: 00000000-0000-0000-0000-000000000000"

    /// The findings of a file that says of its position only these lines, which begin in line 4.
    private func findingsOfPlace(_ lines: String) -> [String] {
        findings("version: 1\nname: memo2\ngroups: 1\n" + lines)
    }

    @Test func `everything that Azure lets one choose`() throws {
        let text = """
            version: 1
            name: memo2
            groups: 1
            azure:
              \(Self.subscription)
              location: brazilsouth
              resourceGroup: My_Group.(1)
              existing: [resourceGroup, cluster]
              cluster:
                { name: Mine_1, nodeSize: Standard_D2s_v5, nodes: 3, osDiskSize: 64, tier: standard, monitoring: true,
                  version: 1.30 }
            """
        let azure = try #require(CohortParser.parse(SourceFile(path: "c", text: text)).cohort?.site.azure)
        #expect(azure.resourceGroup == "My_Group.(1)")
        #expect(azure.existing == ["resourceGroup", "cluster"])
        #expect(
            azure.cluster
                == AzureSite.Cluster(
                    name: "Mine_1", nodeSize: "Standard_D2s_v5", nodes: 3, osDiskSize: 64, tier: "standard",
                    monitoring: true, version: "1.30"))
    }

    @Test(arguments: [
        (
            "",
            [
                "c:1:1: error: the file does not say where the cohort runs\n"
                    + "  hint: add azure: { subscription: ID, location: westus }, or kubernetes: { context: NAME }"
            ]
        ),
        (
            "azure: { \(subscription), location: westus }\nkubernetes: {}",
            [
                "c:5:1: error: a cohort runs on `azure` or on a cluster of your own (`kubernetes`), not on both\n"
                    + "  hint: remove one of them"
            ]
        ),
        (
            "azure:",
            [
                "c:4:7: error: `azure.subscription` is missing\n  hint: `az account list --output table` shows yours",
                "c:4:7: error: `azure.location` is missing\n  hint: write a region such as location: westus",
            ]
        ),
        ("azure: westus", ["c:4:8: error: `azure` must be a mapping, not `westus`"]),
        (
            "azure: { subscription: mine, location: West US }",
            [
                "c:4:24: error: `mine` is no subscription id\n  hint: write the id that "
                    + "`az account list --output table` shows, 32 hexadecimal digits in 5 parts",
                "c:4:40: error: `West US` is not the form of a region\n  hint: write westus",
            ]
        ),
        (
            "azure: { \(subscription), location: westus, cluster: { nodesize: B2s, nodes: 0, tier: gold } }",
            [
                "c:4:91: error: unknown key `nodesize` in `azure.cluster`\n  hint: did you mean `nodeSize`?",
                "c:4:113: error: `azure.cluster.nodes` must be from 1 to 1000, not 0",
                "c:4:122: error: unknown azure.cluster.tier `gold`\n  hint: choose `free`, `standard`, `premium`",
            ]
        ),
        (
            "azure: { \(subscription), location: westus, existing: [cluster] }",
            [
                "c:4:90: error: an existing cluster is inside an existing resource group\n"
                    + "  hint: write existing: [resourceGroup, cluster]"
            ]
        ),
        (
            "azure: { \(subscription), location: westus, existing: [resourcegroup] }",
            ["c:4:91: error: unknown azure.existing `resourcegroup`\n  hint: did you mean `resourceGroup`?"]
        ),
        ("kuberntes: {}", ["c:4:1: error: unknown key `kuberntes`\n  hint: did you mean `kubernetes`?"]),
        ("kubernetes: { context: [] }", ["c:4:24: error: `kubernetes.context` must be text, not a list"]),
    ])
    func `where it runs`(lines: String, expected: [String]) {
        #expect(findingsOfPlace(lines) == expected)
    }

    @Test(arguments: [
        ("{ group: a, registration: agent }", "`gitlab.registration: agent` is not available yet"),
        ("{ group: a, registration: certifcate }", "unknown gitlab.registration `certifcate`"),
        ("{ group: a, url: gitlab.com }", "`gitlab.com` is no GitLab URL"),
        ("{ group: a, url: 'ftp://gitlab.com' }", "`ftp://gitlab.com` is no GitLab URL"),
        ("{ group: a, url: 'https://me:secret@gitlab.com' }", "`gitlab.url` holds a user name or password"),
        ("{ group: 'https://gitlab.com/a' }", "`https://gitlab.com/a` is no path of a GitLab group"),
        ("{ group: /a }", "`/a` is no path of a GitLab group"),
        ("{}", "`gitlab.group` is missing"),
        (
            "{ group: a, labels: { bug: red } }",
            "the colour of the label `bug` must be a colour such as \"#d9534f\", in quotes, not `red`"
        ),
        ("{ group: a, labels: { 'a,b': '#d9534f' } }", "`a,b` is no name of a label: text without commas, at most 255"),
    ])
    func `where the projects are`(text: String, problem: String) {
        let found = CohortParser.parse(SourceFile(path: "c", text: shortest + "gitlab: " + text)).diagnostics
        #expect(found.map(\.message) == [problem])
        #expect(found.first?.hint != nil)
        #expect(!"\(found)".contains("secret"))
    }

    @Test func `labels keep their order, and their colours are written in one way`() {
        let text = shortest + "gitlab:\n  group: a\n  labels:\n    in review: \"#5BC0DE\"\n    bug: '#d9534f'\n"
        #expect(
            CohortParser.parse(SourceFile(path: "c", text: text)).cohort?.gitlab?.labels == [
                .init(name: "in review", color: "#5bc0de"), .init(name: "bug", color: "#d9534f"),
            ])
        let bare = findings(with: "gitlab:\n  group: a\n  labels:\n    bug: #d9534f\n")
        #expect(bare.first?.contains("in quotes, not nothing") == true, "\(bare)")
    }

    @Test func `a token in clear over the network is only warned of`() {
        let (cohort, found) = CohortParser.parse(
            SourceFile(path: "c", text: shortest + "gitlab: { group: a, url: 'http://git.example.org' }"))
        #expect(found.map(\.severity) == [.warning])
        #expect(cohort != nil)
        #expect(findings(with: "gitlab: { group: a, url: 'http://127.0.0.1:8080' }") == [])
    }

    @Test(arguments: [
        ("{ days: 3 }", "`tokens.kind` is missing"),
        ("{ kind: longLived, days: 3 }", "long-lived tokens have no `days`"),
        ("{ kind: expiring, days: 0 }", "`tokens.days` must be from 1 to 365, not 0"),
        ("expiring", "`tokens` must be a mapping, not `expiring`"),
    ])
    func `how long tokens live`(text: String, problem: String) {
        let found = CohortParser.parse(SourceFile(path: "c", text: shortest + "tokens: " + text)).diagnostics
        #expect(found.map(\.message) == [problem])
    }
}
