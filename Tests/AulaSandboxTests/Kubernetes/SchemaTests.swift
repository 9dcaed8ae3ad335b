import AulaModel
import Foundation
import Testing

@testable import AulaSandbox

@Suite struct SchemaTests {
    /// The recorded keys of each field, for the types that the schema has.
    @Test func `list and merge keys are those of the recorded OpenAPI documents`() throws {
        guard let data = RecordedExchange.recording("kubernetes-1.36-openapi-excerpt.json") else { return }
        let recorded = try #require(try JSON(parsing: data)["list and merge keys by field"]?.object)
        var compared = 0
        for member in recorded.members {
            let words = member.key.split(separator: ".").map(String.init)
            guard let type = Schema.shared.types.first(where: { $0.name == words[2] && $0.package.contains(words[0]) }),
                let field = type.fields[words[3]]
            else { continue }
            compared += 1
            let ours = JSON.object(
                JSONObject(OpenAPI.extensions(field).map { (String($0.0.dropFirst("x-kubernetes-".count)), $0.1) }))
            var wanted = member.value
            // A granular map is what a map or an object is anyway.
            if wanted["map-type"] == "granular" { wanted["map-type"] = nil }
            #expect(ours == wanted, "\(member.key)")
        }
        #expect(compared > 130)
    }

    @Test(
        "quantities come back in canonical form",
        arguments: [
            ("0.5", "500m"), ("0.05", "50m"), ("1000m", "1"), ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"),
            ("0.5Gi", "512Mi"),
            ("100000k", "100M"), ("0", "0"), ("1e3", "1e3"), ("128974848", "128974848"), ("512", "512"),
            ("1500m", "1500m"),
        ])
    func quantities(text: String, canonical: String) {
        #expect(Quantity(text)?.canonical == canonical)
    }

    @Test("what is no quantity is none", arguments: ["", "1Xi", "abc", "--1", "1..2", "999999999999999999999Ei"])
    func noQuantities(text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test(
        "label selectors choose by labels",
        arguments: [
            ("a=1", true), ("a==1,b", true), ("a in (1, 2)", true), ("a notin (1)", false), ("!c", true),
            ("a!=2", true),
            ("b", true), ("c", false), ("a=", false),
        ])
    func selectors(text: String, matches: Bool) throws {
        #expect(try LabelSelector(parsing: text).matches(["a": "1", "b": ""]) == matches)
    }

    @Test("a selector that cannot be read is refused", arguments: ["===", "a in 1", "a=1 b", "a in (1", ",", "a,"])
    func badSelectors(text: String) {
        #expect(throws: SelectorError.self) { try LabelSelector(parsing: text) }
    }

    @Test func `protobuf bodies are read by the table of numbers`() throws {
        // A ServiceAccount called sa, as kubectl sends it.
        let account = Data([0x0a, 0x04, 0x0a, 0x02]) + Data("sa".utf8)
        let type = Data([0x0a, 0x02]) + Data("v1".utf8) + Data([0x12, 0x0e]) + Data("ServiceAccount".utf8)
        let body =
            ProtobufBody.magic + Data([0x0a, UInt8(type.count)]) + type + Data([0x12, UInt8(account.count)]) + account
        #expect(
            try ProtobufBody.decode(body) == ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "sa"]])
        #expect(throws: ProtobufBody.Failure.self) { try ProtobufBody.decode(ProtobufBody.magic + Data([0x0a, 0x7f])) }
    }
}
