import AulaModel
import Foundation

/// One request with its parameters read.
struct AzureCall: Sendable {
    let request: SandboxRequest
    let parameters: [String: String]
    /// The JSON body; an empty object where there is none.
    let body: JSON
    let now: Date

    /// - Throws: 400 for a body that is no JSON object.
    init(_ request: SandboxRequest, parameters: [String: String], now: Date) throws {
        self.request = request
        self.parameters = parameters
        self.now = now
        let isForm = request.headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded") == true
        if request.body.isEmpty || isForm {
            body = .object(JSONObject())
        } else {
            guard let json = try? JSON(parsing: request.body), json.object != nil else {
                throw AzureFailure.badRequest(
                    "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
            }
            body = json
        }
    }

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    var version: String { request.parameter("api-version") ?? "" }

    /// Where the client reached this server; Azure's clients refuse anything but https.
    var base: String { "https://\(request.headers["host"] ?? "localhost")" }

    static func time(_ date: Date) -> JSON { .string(date.formatted(.iso8601)) }
}
