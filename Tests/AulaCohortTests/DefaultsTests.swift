import AulaCohort
import AulaModel
import Testing

@Suite struct DefaultsTests {
    @Test func `a file of four lines is enough`() throws {
        let (parsed, diagnostics) = CohortParser.parse(SourceFile(path: "c", text: shortest))
        #expect(diagnostics == [])
        let cohort = try #require(parsed)
        #expect(cohort.title == "memo2")
        #expect(cohort.id == nil)
        #expect(cohort.groups.map(\.key) == ["g1", "g2"])
        #expect(cohort.environments == [Environment(name: "prod")])
        #expect(cohort.components == [])
        #expect(cohort.site == .context(nil))
        #expect(cohort.gitlab == nil)
        #expect(cohort.term == nil)
        #expect(cohort.budget == nil)
    }

    @Test func `a component is of the template that is called like it`() throws {
        let components = try #require(cohort(with: "components: { api: , web: { port: 80 } }")).components
        #expect(components.map(\.template) == ["api", "web"])
        #expect(components.map(\.deploy) == [nil, nil])
    }

    @Test func `an Azure cohort needs a subscription and a region`() throws {
        let text = """
            version: 1
            name: memo2
            groups: 1
            azure: { subscription: 0000AAAA-0000-0000-0000-000000000000, location: westus }
            """
        let azure = try #require(CohortParser.parse(SourceFile(path: "c", text: text)).cohort?.site.azure)
        #expect(azure.subscription == "0000aaaa-0000-0000-0000-000000000000")
        #expect(azure.resourceGroup == "memo2")
        #expect(azure.cluster == AzureSite.Cluster(name: "cluster-memo2", nodeSize: "Standard_B2s", nodes: 2))
        #expect(azure.existing == [])
    }

    @Test func `the URL of GitLab loses its last slash`() {
        #expect(cohort(with: "gitlab: { group: a/b }")?.gitlab == GitLabHome(url: "https://gitlab.com", group: "a/b"))
        let certificate = "gitlab: { url: 'https://git.example.org/', group: a, registration: certificate }"
        let expected = GitLabHome(url: "https://git.example.org", group: "a", registration: .certificate)
        #expect(cohort(with: certificate)?.gitlab == expected)
    }

    @Test(arguments: [
        ("tokens: { kind: longLived }", TokenPolicy.longLived),
        ("tokens: { kind: expiring }", .expiring(days: 30)),
        ("tokens: { kind: expiring, days: 90 }", .expiring(days: 90)),
        ("tokens:", .longLived),
    ])
    func `tokens live as long as the file says`(lines: String, policy: TokenPolicy) {
        #expect(cohort(with: lines)?.tokens == policy)
    }

    @Test func `a command that needs an id says how to get one`() throws {
        let file = SourceFile(path: "c", text: shortest)
        let cohort = try #require(CohortParser.parse(file).cohort)
        let missing = try #require(CohortParser.missingID(of: cohort, in: file))
        #expect(missing.position == SourcePosition(file: "c", line: 2, column: 7))
        #expect(missing.hint == "`aula init c` writes one into it")
    }
}
