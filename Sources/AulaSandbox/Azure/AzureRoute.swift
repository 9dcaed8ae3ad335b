import AulaModel

/// One route of Azure that is not a type of the store, and what answers it; paths match in any case, because `az` itself mixes cases.
struct AzureRoute: Sendable {
    typealias Handler = @Sendable (inout AzureCloud, AzureCall) throws -> AzureCloud.Answer

    let method: String
    let pattern: PathPattern
    /// Login and discovery are open, all else asks for a token.
    let needsToken: Bool
    let answer: Handler

    init(_ method: String, _ path: String, needsToken: Bool = true, answer: @escaping Handler) {
        self.method = method
        pattern = PathPattern(path)
        self.needsToken = needsToken
        self.answer = answer
    }

    /// A route below the subscription.
    static func inSubscription(_ method: String, _ path: String, answer: @escaping Handler) -> AzureRoute {
        AzureRoute(method, "subscriptions/:subscription/\(path)", answer: answer)
    }

    private struct Key: Hashable, Sendable {
        var method: String
        var count: Int
    }

    private static let table = Dictionary(
        grouping: AzureCloud.loginRoutes + AzureCloud.graphRoutes + AzureCloud.subscriptionRoutes
            + AzureCloud.groupRoutes + AzureCloud.actionRoutes + AzureCloud.operationRoutes + AzureCloud.tagRoutes
            + AzureCloud.resourceRoutes + AzureCloud.computeRoutes + AzureCloud.costRoutes
    ) { Key(method: $0.method, count: $0.pattern.count) }

    static func find(_ method: String, _ segments: [String]) -> (route: AzureRoute, parameters: [String: String])? {
        for route in table[Key(method: method, count: segments.count)] ?? [] {
            if let parameters = route.pattern.match(segments, ignoringCase: true) { return (route, parameters) }
        }
        return nil
    }
}
