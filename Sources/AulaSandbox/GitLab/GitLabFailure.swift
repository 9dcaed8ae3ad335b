package import AulaModel
import Foundation

/// An error answer of GitLab's REST API, worded as GitLab words it.
///
/// GitLab has three shapes of error: `error` for parameters that its API layer refuses, `message` with an object
/// for what a record's validation refuses, and `message` with a sentence for all others.
package struct GitLabFailure: Error, Sendable {
    package var status: Int
    package var body: JSON = .null
    package var headers: [(name: String, value: String)] = []

    /// For the one answer that is plain text.
    var text: String?

    var response: SandboxResponse {
        guard let text else { return .json(status, body, headers: headers) }
        return SandboxResponse(
            status: status, headers: [("Content-Type", "text/plain")] + headers, body: .bytes(Data(text.utf8)))
    }

    static func message(_ status: Int, _ text: String) -> GitLabFailure {
        GitLabFailure(status: status, body: ["message": .string(text)])
    }

    /// `404 Project Not Found`; without a name it is the answer for a switched-off feature.
    static func notFound(_ what: String? = nil) -> GitLabFailure {
        message(404, ["404", what, "Not Found"].compactMap(\.self).joined(separator: " "))
    }

    /// A lookup inside a record's own lists, which GitLab words with a small f.
    static let recordNotFound = message(404, "404 Not found")

    /// A parameter that is absent or has a value that its declaration does not allow.
    static func parameter(_ text: String) -> GitLabFailure {
        GitLabFailure(status: 400, body: ["error": .string(text)])
    }

    static func invalidValue(_ name: String) -> GitLabFailure {
        parameter("\(name) does not have a valid value")
    }

    /// What a record's own validation refuses, by field.
    static func validation(_ fields: [(field: String, text: String)]) -> GitLabFailure {
        var message = JSONObject()
        for (field, text) in fields {
            message[field] = .array((message[field]?.array ?? []) + [.string(text)])
        }
        return GitLabFailure(status: 400, body: ["message": .object(message)])
    }

    static func validation(_ field: String, _ text: String) -> GitLabFailure {
        validation([(field, text)])
    }

    static func badRequest(_ reason: String) -> GitLabFailure {
        message(400, "400 Bad request - \(reason)")
    }

    static func forbidden(_ reason: String? = nil) -> GitLabFailure {
        message(403, reason.map { "403 Forbidden - \($0)" } ?? "403 Forbidden")
    }

    static func conflict(_ text: String) -> GitLabFailure { message(409, text) }

    static let unauthorized = message(401, "401 Unauthorized")
}
