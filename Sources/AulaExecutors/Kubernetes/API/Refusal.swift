import AulaEngine
import AulaModel
import Foundation

/// A server's answer that is not a success, taken apart (`Status` of `meta/v1`).
struct Refusal: Sendable {
    struct Cause: Sendable {
        var reason: String
        var message: String
        var field: String
    }

    var status: Int
    /// `AlreadyExists`, `Forbidden`, …; empty where the answer is no `Status`.
    var reason: String
    var message: String
    var causes: [Cause]
    /// What the server asked to wait.
    var pause: Duration?

    init(_ response: APIResponse) {
        status = response.status
        let body = try? JSON(parsing: response.body)
        let isStatus = body?["kind"]?.string == "Status"
        reason = isStatus ? body?["reason"]?.string ?? "" : ""
        let text = isStatus ? body?["message"]?.string : String(bytes: response.body.prefix(300), encoding: .utf8)
        message = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        if message.isEmpty { message = "the server answered \(response.status)" }
        let details = body?["details"]
        causes = (details?["causes"]?.array ?? []).map {
            Cause(
                reason: $0["reason"]?.string ?? "", message: $0["message"]?.string ?? "",
                field: $0["field"]?.string ?? "")
        }
        let seconds = response.headers["retry-after"].flatMap { Int($0) } ?? details?["retryAfterSeconds"]?.int
        pause = seconds.map { .seconds($0) }
    }

    var isNotFound: Bool { status == 404 }
    var alreadyExists: Bool { status == 409 && reason == "AlreadyExists" }
    /// A field belongs to another manager, and the apply was sent without force.
    var isFieldConflict: Bool { status == 409 && causes.contains { $0.reason == "FieldManagerConflict" } }
    /// The identity that was asked for is not the one that is there.
    var isOtherIdentity: Bool {
        (status == 409 || status == 422)
            && (message.lowercased().contains("uid") || causes.contains { $0.field == "metadata.uid" })
    }
    var isTerminatingNamespace: Bool {
        causes.contains { $0.reason == "NamespaceTerminating" } || message.contains("because it is being terminated")
    }
    /// Nothing is wrong with the request; the same one may be carried out later.
    var isTemporary: Bool {
        // 500 is also how the server says that a manifest does not fit its schema; two Services at once may be given
        // the same address, which the second is refused (seen on 1.36).
        status == 429 || (status == 422 && message.contains("failed to allocate IP"))
            || (status >= 500 && !isSchemaError && status != 501)
    }
    var isSchemaError: Bool { message.contains("failed to create typed patch object") }

    var retry: ExecutionError.Retry {
        guard isTemporary || (status == 409 && !alreadyExists && !isFieldConflict && !isOtherIdentity) else {
            return .never
        }
        return pause.map { .after($0) } ?? .backoff
    }
}
