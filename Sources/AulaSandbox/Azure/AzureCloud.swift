import AulaModel
import Foundation

/// All records of the sandbox's Azure and the rules between them: a value, without clock or socket.
///
/// Each concern is an extension in a file of its own, with its routes at the top.
struct AzureCloud: Sendable {
    /// The next operation of this kind is to fail at its end.
    struct PlannedFailure: Codable, Sendable {
        var kind: AzureOperation.Kind
        var failure: AzureSettings.Failure
    }

    enum Answer: Sendable {
        case response(SandboxResponse)
        /// The host's kubeconfig for this cluster.
        case credentials(id: String, admin: Bool)

        static func json(
            _ status: Int, _ value: JSON, headers: [(name: String, value: String)] = []
        ) -> Answer {
            .response(.json(status, value, headers: headers))
        }

        static func empty(_ status: Int, headers: [(name: String, value: String)] = []) -> Answer {
            .response(SandboxResponse(status: status, headers: headers))
        }
    }

    var settings: AzureSettings
    /// By lower-case name.
    var groups: [String: ResourceGroup] = [:]
    /// Every resource, by its address in lower case.
    var store: [String: AzureResource] = [:]
    var operations: [String: AzureOperation] = [:]
    /// Access tokens that were given out, and when they end.
    var tokens: [String: Date] = [:]
    /// The subscription's catalogue of tag names and their values.
    var tagNames: [String: [String]] = [:]
    var subscriptionTags: [String: String] = [:]
    /// Providers that were registered by hand, in lower case.
    var registrations: Set<String> = []
    var failures: [PlannedFailure] = []
    /// What clusters have cost until they stopped, went or changed.
    var ledger: [AzureCharge] = []
    /// Operations whose end is being carried out; not part of the snapshot.
    var ending: Set<String> = []

    init(settings: AzureSettings) { self.settings = settings }

    var root: String { "/subscriptions/\(settings.subscription)" }

    mutating func respond(to request: SandboxRequest, now: Date) -> Answer {
        do {
            return try answer(request, now: now)
        } catch let failure as AzureFailure {
            return request.method == "HEAD" ? .empty(failure.status) : .response(failure.response)
        } catch {
            return .response(AzureFailure(500, "InternalServerError", "The sandbox failed: \(error)").response)
        }
    }

    /// Routes of their own first, then the types of the store's table.
    private mutating func answer(_ request: SandboxRequest, now: Date) throws -> Answer {
        if let (route, parameters) = AzureRoute.find(request.method, request.segments) {
            let call = try AzureCall(request, parameters: parameters, now: now)
            if route.needsToken { try authorize(call) }
            return try route.answer(&self, call)
        }
        if request.segments.first?.lowercased() == "subscriptions", request.segments.count > 1 {
            let call = try AzureCall(request, parameters: ["subscription": request.segments[1]], now: now)
            try authorize(call)
            if let answer = try answerTags(call) ?? answerFromStore(call) { return answer }
        }
        throw AzureFailure(501, "NotImplemented", "The sandbox's Azure has no \(request.method) \(request.path)")
    }

    /// - Throws: 401 without a token that was given out here, 404 for another subscription, 400 for a version that is
    ///   none, 409 for a write to a subscription that is disabled.
    private func authorize(_ call: AzureCall) throws {
        guard let token = call.request.bearerToken else {
            throw AzureFailure(
                401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
        }
        guard let end = tokens[token] else {
            throw AzureFailure(401, "InvalidAuthenticationToken", "The access token is invalid.")
        }
        guard end > call.now else {
            throw AzureFailure(401, "ExpiredAuthenticationToken", "The access token expiry UTC time has passed.")
        }
        guard call.request.segments.first?.lowercased() != "graph" else { return }
        if let subscription = call.parameters["subscription"],
            subscription.lowercased() != settings.subscription.lowercased()
        {
            guard UUID(uuidString: subscription) != nil else {
                throw AzureFailure.badRequest(
                    "InvalidSubscriptionId",
                    "The provided subscription identifier '\(subscription)' is malformed or invalid.")
            }
            throw AzureFailure(404, "SubscriptionNotFound", "The subscription '\(subscription)' could not be found.")
        }
        guard let version = call.request.parameter("api-version"), !version.isEmpty else {
            throw AzureFailure.badRequest(
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.")
        }
        guard version.wholeMatch(of: /\d{4}-\d{2}-\d{2}(-[a-z]+)?/) != nil else {
            throw AzureFailure.badRequest(
                "InvalidApiVersionParameter",
                "The api-version '\(version)' is invalid. The supported versions are '\(AzureCatalogue.apiVersions.joined(separator: ","))'."
            )
        }
        if [.warned, .disabled].contains(settings.state), RequestMeaning.isWrite(call.request, to: .azure),
            call.request.method != "DELETE"
        {
            throw AzureFailure(
                409, "ReadOnlyDisabledSubscription",
                "The subscription '\(settings.subscription)' is disabled and therefore marked as read only. You cannot perform "
                    + "any write actions on this subscription until it is re-enabled.")
        }
    }
}

extension AzureCloud: Codable {
    private enum CodingKeys: CodingKey {
        case settings, groups, store, operations, tokens, tagNames, subscriptionTags, registrations, failures, ledger
    }
}
