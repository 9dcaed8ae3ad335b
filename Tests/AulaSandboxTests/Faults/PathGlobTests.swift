import AulaSandbox
import Testing

@Suite struct PathGlobTests {
    @Test(
        "a pattern that fits",
        arguments: [
            ("/api/v1/namespaces", "/api/v1/namespaces"),
            ("/api/v1/namespaces/*/secrets", "/api/v1/namespaces/memo2-g1-test/secrets"),
            ("/api/v1/namespaces/memo2-*-test/secrets/?", "/api/v1/namespaces/memo2-g1-test/secrets/x"),
            ("/api/**", "/api"),
            ("/api/**", "/api/v1/namespaces"),
            ("**/secrets/**", "/api/v1/namespaces/a/secrets/b"),
            ("/api/v4/projects/*/variables", "/api/v4/projects/memo2%2Fg1/variables"),
            ("/subscriptions/*/resourcegroups/memo2", "/subscriptions/0000/resourceGroups/Memo2"),
            ("*a*b*", "xaxxbx"),
        ])
    func fits(pattern: String, path: String) {
        #expect(PathGlob(pattern).matches(path))
    }

    @Test(
        "a pattern that does not fit",
        arguments: [
            ("/api/v1/namespaces", "/api/v1/namespaces/a"),
            ("/api/v1/*", "/api/v1/namespaces/a"),
            ("/api/*/b", "/api/b"),
            ("**/secrets", "/api/v1/namespaces/a/secrets/b"),
            ("/api/v1/namespaces/memo2-?", "/api/v1/namespaces/memo2-10"),
            ("", "/api"),
        ])
    func doesNotFit(pattern: String, path: String) {
        #expect(!PathGlob(pattern).matches(path))
    }
}
