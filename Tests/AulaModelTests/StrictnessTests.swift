import AulaModel
import Testing

@Suite struct StrictnessTests {
    @Test(
        "what somebody made stricter is known, and nothing else",
        arguments: [
            (ResourceKind.gitlabVariable, "protected", true, false, true),
            (.gitlabVariable, "protected", false, true, false), (.gitlabVariable, "protected", true, true, false),
            (.gitlabVariable, "raw", true, false, false), (.protectedBranch, "push_access_level", 0, 30, true),
            (.protectedBranch, "push_access_level", 30, 0, false),
            (.protectedBranch, "push_access_level", 60, 40, true),
            (.gitlabProject, "forking_access_level", "disabled", "private", true),
            (.gitlabGroup, "project_creation_level", "developer", "maintainer", false),
            (.gitlabGroup, "project_creation_level", "noone", "maintainer", true),
        ] as [(ResourceKind, String, JSON, JSON, Bool)])
    func order(kind: ResourceKind, field: String, live: JSON, wanted: JSON, isStricter: Bool) {
        #expect(Strictness.isStricter(live, than: wanted, field, of: kind) == isStricter)
    }

    @Test func `a write keeps what is stricter and brings the rest`() {
        let kept = Strictness.kept(
            ["masked": true, "protected": false, "raw": true],
            live: ["masked": false, "protected": true, "raw": false],
            of: .gitlabVariable)
        #expect(kept == ["masked": true, "protected": true, "raw": true])
    }
}
