import AulaCohort
import AulaModel
import Testing

@Suite struct GroupsTests {
    @Test func `names may be anything that makes a slug`() throws {
        let groups = try #require(cohort(with: "groups: [Los Águilas, 007, no, g-4]")).groups
        #expect(groups.map(\.name) == ["Los Águilas", "007", "no", "g-4"])
        #expect(groups.map(\.key) == ["los-aguilas", "007", "no", "g-4"])
    }

    @Test func `a renamed group keeps the key of its first name`() throws {
        let groups = try #require(cohort(with: "groups: [{ name: Águila, was: g1 }, g2]")).groups
        #expect(groups.first == Group(name: "Águila", key: "g1", path: "aguila"))
    }

    @Test func `members and overrides`() throws {
        let lines = """
            groups:
              - name: g1
                members: [ana, b.ruiz_2, luz@example.org]
                components:
                  api: { version: 1.10, replicas: 3, image: "r/api:{version}", port: 9090 }
            components: { api: }
            """
        let group = try #require(cohort(with: lines)?.groups.first)
        #expect(group.members == ["ana", "b.ruiz_2", "luz@example.org"])
        let override = try #require(group.overrides.components["api"])
        #expect(override.version == "1.10")
        #expect(override.replicas == 3)
        #expect(override.image == "r/api:{version}")
        #expect(override.parameters["port"]?.value == 9090)
    }

    @Test func `environments override as well`() throws {
        let lines = """
            environments:
              - test
              - { name: prod, components: { api: { replicas: 2 } } }
            components: { api: }
            """
        let environments = try #require(cohort(with: lines)?.environments)
        #expect(environments.map(\.name) == ["test", "prod"])
        #expect(environments.last?.overrides.components["api"]?.replicas == 2)
    }

    @Test(.timeLimit(.minutes(1))) func `ten thousand groups are read`() throws {
        #expect(cohort(with: "groups: 10000")?.groups.count == 10_000)
        let names = (1...10_000).map { "  - { name: team \($0), members: [ana\($0), luz\($0)] }" }
        #expect(cohort(with: "groups:\n" + names.joined(separator: "\n"))?.groups.count == 10_000)
    }

    @Test(arguments: [
        ("groups: 0", "c:5:9: error: `groups` must be from 1 to 10000, not 0"),
        ("groups: 10001", "c:5:9: error: `groups` must be from 1 to 10000, not 10001"),
        ("groups: -1", "c:5:9: error: `groups` must be from 1 to 10000, not -1"),
        ("groups: 99999999999999999999", "c:5:9: error: `groups` must be a whole number, not `99999999999999999999`"),
        ("groups: '7'", "c:5:9: error: `groups` must be a number, not `7`\n  hint: write 7 without quotes"),
        ("groups: 007", "c:5:9: error: `groups` must be a whole number, not `007`\n  hint: write 7"),
        ("groups: 1e3", "c:5:9: error: `groups` must be a whole number, not `1e3`\n  hint: write 1000"),
        ("groups: 0x10", "c:5:9: error: `groups` must be a whole number, not `0x10`\n  hint: write 16"),
        ("groups: 3.0", "c:5:9: error: `groups` must be a whole number, not `3.0`\n  hint: write 3"),
        ("groups: many", "c:5:9: error: `groups` must be a whole number, not `many`"),
        ("groups: []", "c:5:9: error: `groups` lists 0 groups; 1 to 10000 are possible"),
        ("groups: [[a]]", "c:5:10: error: `groups[0]` must be a mapping, not a list"),
        (
            "groups: { g1: }",
            "c:5:9: error: `groups` must be a number or a list, not a mapping\n  hint: put a dash before each group"
        ),
        ("groups: [g1, ~]", "c:5:14: error: a group without a name\n  hint: write its name behind the dash"),
        ("groups: [{ members: [ana] }]", "c:5:10: error: a group without a name\n  hint: add name: NAME"),
        ("groups: ['']", "c:5:10: error: `groups[0]` is empty"),
        ("groups: ['!?']", "c:5:10: error: `!?` has no letter (a–z) or digit to make a name of"),
        (
            "groups: [g1, g2, g1]",
            "c:5:18: error: the group `g1` is listed twice\n  hint: the other one is in line 5"
        ),
        (
            "groups: [Águila, aguila]",
            "c:5:18: error: the groups `Águila` and `aguila` are both `aguila`\n  hint: the other one is in line 5"
        ),
        (
            "groups: [{ name: a, was: x }, { name: b, was: x }]",
            "c:5:31: error: the groups `a` and `b` are both `x`\n  hint: the other one is in line 5"
        ),
        (
            "groups: [{ name: b, was: a }, { name: b, was: c }]",
            "c:5:31: error: the group `b` is listed twice\n  hint: the other one is in line 5"
        ),
        (
            "groups: [{ name: g1, members: ['@ana'] }]",
            "c:5:32: error: `@ana` is neither a GitLab user name nor an e-mail address\n  hint: leave the @ out"
        ),
        (
            "groups: [{ name: g1, members: [ana, ana] }]",
            "c:5:37: error: the member `ana` is listed twice"
        ),
        (
            "groups: [{ name: g1, memebrs: [] }]",
            "c:5:22: error: unknown key `memebrs` in `groups[0]`\n  hint: did you mean `members`?"
        ),
        (
            "groups: [{ name: g1, components: { apo: { replicas: 1 } } }]\ncomponents: { api: }",
            "c:5:36: error: there is no component `apo` to change\n  hint: did you mean `api`?"
        ),
        (
            "groups: [{ name: g1, components: { api: { template: web } } }]\ncomponents: { api: }",
            "c:5:43: error: `template` is the same for all groups and environments\n  hint: set it under `components`"
        ),
    ])
    func `what is wrong with groups is said with its position`(lines: String, finding: String) {
        #expect(findings(with: lines) == [finding])
    }
}
