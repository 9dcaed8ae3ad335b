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
    /// By lower-case `group/name`.
    var clusters: [String: ManagedCluster] = [:]
    var operations: [String: AzureOperation] = [:]
    /// Access tokens that were given out, and when they end.
    var tokens: [String: Date] = [:]
    /// The subscription's catalogue of tag names and their values.
    var tagNames: [String: [String]] = [:]
    var failures: [PlannedFailure] = []
    /// What ended clusters have cost, in US dollars, by lower-case resource group.
    var ledger: [String: Double] = [:]
    /// Operations whose end is being carried out; not part of the snapshot.
    var ending: Set<String> = []

    init(settings: AzureSettings) { self.settings = settings }

    var root: String { "/subscriptions/\(settings.subscription)" }

    mutating func respond(to request: SandboxRequest, now: Date) -> Answer {
        let segments = request.segments
        let isHead = request.method == "HEAD"
        guard let (route, parameters) = AzureRoute.find(request.method, segments) else {
            let text = "The sandbox's Azure has no \(request.method) \(request.path)"
            return .response(AzureFailure(501, "NotImplemented", text).response)
        }
        do {
            let call = try AzureCall(request, parameters: parameters, now: now)
            if route.needsToken { try authorize(call) }
            return try route.answer(&self, call)
        } catch let failure as AzureFailure {
            return isHead ? .empty(failure.status) : .response(failure.response)
        } catch {
            return .response(AzureFailure(500, "InternalServerError", "The sandbox failed: \(error)").response)
        }
    }

    /// - Throws: 401 without a token that was given out here, 404 for another subscription.
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
        if let subscription = call.parameters["subscription"],
            subscription.lowercased() != settings.subscription.lowercased()
        {
            throw AzureFailure(404, "SubscriptionNotFound", "The subscription '\(subscription)' could not be found.")
        }
        guard call.request.parameter("api-version") != nil else {
            throw AzureFailure.badRequest(
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.")
        }
    }
}

extension AzureCloud: Codable {
    private enum CodingKeys: CodingKey {
        case settings, groups, clusters, operations, tokens, tagNames, failures, ledger
    }
}
