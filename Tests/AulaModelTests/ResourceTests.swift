import AulaModel
import Testing

@Suite struct ResourceTests {
    @Test func `a copy that is changed leaves the original as it was`() {
        let original = Resource(address: .kubernetes("ConfigMap", "n", "a"), body: ["data": ["LEVEL": "info"]])
        var copy = original
        copy.body[["data", "LEVEL"]] = "debug"
        copy.dependsOn.append(.namespace("n"))
        #expect(original.body == ["data": ["LEVEL": "info"]])
        #expect(original.dependsOn.isEmpty)
        #expect(copy.body == ["data": ["LEVEL": "debug"]])
        #expect(copy != original)
        copy.body = original.body
        copy.dependsOn = []
        #expect(copy == original)
    }
}
