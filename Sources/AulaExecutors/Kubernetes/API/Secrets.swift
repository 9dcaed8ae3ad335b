import AulaModel
import Foundation

/// The values of one step that no message may show.
struct Secrets: Sendable {
    private var values: Set<String> = []
    /// The object is a Secret: everything in it may be one.
    private(set) var areWholeBody = false

    init() {}

    /// Collects the values of a Secret in both spellings, and every late field that is marked secret.
    init(body: JSON, late: [LateField] = []) {
        if body["kind"]?.string == "Secret" {
            areWholeBody = true
            for member in body["data"]?.object?.members ?? [] {
                guard let encoded = member.value.string else { continue }
                values.insert(encoded)
                if let data = Data(base64Encoded: encoded) { values.insert(String(decoding: data, as: UTF8.self)) }
            }
            for member in body["stringData"]?.object?.members ?? [] {
                guard let text = member.value.string else { continue }
                values.formUnion([text, Data(text.utf8).base64EncodedString()])
            }
        }
        for field in late where field.secret {
            if let text = body[field.path]?.string { values.insert(text) }
        }
        // Shorter ones would tear holes into ordinary words.
        values = values.filter { $0.count >= 4 }
    }

    func scrub(_ text: String) -> String {
        // The longest first: one value may be part of another.
        values.sorted { $0.count > $1.count }.reduce(text) { $0.replacingOccurrences(of: $1, with: "[secret]") }
    }
}
