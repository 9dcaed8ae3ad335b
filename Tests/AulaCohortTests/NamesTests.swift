import AulaCohort
import AulaModel
import Testing

@Suite struct NamesTests {
    private static let long = String(repeating: "a", count: 60)

    @Test(arguments: [
        (
            "name: Memo 2",
            "c:5:7: error: `Memo 2` is no name for `name`: small letters, digits and dashes inside are allowed\n"
                + "  hint: write memo-2"
        ),
        (
            "name: memo-",
            "c:5:7: error: `memo-` is no name for `name`: small letters, digits and dashes inside are allowed\n"
                + "  hint: write memo"
        ),
        ("name: \(long)\(long)", "c:5:7: error: `name` has 120 characters; a name has at most 63"),
        (
            "id: M2K",
            "c:5:5: error: `M2K` is no id: it has 8 small letters and digits\n"
                + "  hint: remove the line; `aula init` writes a new one"
        ),
        (
            "environments: [test, test]",
            "c:5:22: error: the environment `test` is listed twice\n  hint: the other one is in line 5"
        ),
        ("environments: []", "c:5:15: error: `environments` lists 0 environments; 1 to 50 are possible"),
        ("environments: test", "c:5:15: error: `environments` must be a list, not `test`\n  hint: write [ONE, TWO]"),
        (
            "environments: [{ components: {} }]",
            "c:5:16: error: an environment without a name\n  hint: add name: NAME"
        ),
        ("components: { 2api: }", "c:5:15: error: the component `2api` must begin with a letter"),
    ])
    func `names that are wrong alone`(lines: String, finding: String) {
        #expect(findings(with: lines) == [finding])
    }

    @Test(arguments: [
        (
            "groups: [a-b, a]\nenvironments: [c, b-c]",
            "c:5:15: error: the group `a` and the group `a-b` would share the namespace `memo2-a-b-c`\n"
                + "  hint: rename one of them; the other one is in line 5"
        ),
        (
            "groups: [db]\ncomponents: { db: { template: postgres, shared: environment } }",
            "c:5:10: error: the group `db` and the shared component `db` would share the namespace `memo2-db-prod`\n"
                + "  hint: rename one of them; the other one is in line 6"
        ),
        (
            "groups: [\(long)]\nenvironments: [test, production]",
            "c:5:10: error: the namespace of the group `\(long)`, `memo2-\(long)-production`, has 77 characters; "
                + "at most 63 are possible\n  hint: shorten the name of the cohort, of the environment, or this one"
        ),
    ])
    func `names that are wrong together`(lines: String, finding: String) {
        #expect(findings(with: lines) == [finding])
    }

    @Test func `a component that is not shared may be called like a group`() {
        #expect(findings(with: "groups: [db]\ncomponents: { db: { template: postgres } }") == [])
    }
}
