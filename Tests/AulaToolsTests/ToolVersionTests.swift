import AulaEngine
import AulaModel
import Testing

@Suite struct ToolVersionTests {
    @Test(
        arguments: [
            ("2.91.0", ToolVersion(2, 91)), ("v1.37.1", ToolVersion(1, 37)), ("v1.32.4+k3s1", ToolVersion(1, 32)),
            ("2.60", ToolVersion(2, 60)), ("two", nil), ("", nil),
        ] as [(String, ToolVersion?)])
    func `a version is read from what tools print`(text: String, expected: ToolVersion?) {
        #expect(ToolVersion(text) == expected)
    }

    @Test func `each tool's answer holds its version`() throws {
        let kubectl = try JSON(parsing: #"{"clientVersion":{"gitVersion":"v1.27.3"},"kustomizeVersion":"v5.0.1"}"#)
        #expect(Tool.kubectl.version(in: kubectl) == ToolVersion(1, 27))
        #expect(ToolVersion(1, 27) < Tool.kubectl.oldest)
        let az = try JSON(parsing: #"{"azure-cli":"2.91.0","azure-cli-core":"2.91.0","extensions":{}}"#)
        #expect(Tool.az.version(in: az) == ToolVersion(2, 91))
        #expect(ToolVersion(2, 100) > ToolVersion(2, 60))
    }
}
