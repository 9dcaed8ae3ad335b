/// How the sandbox's Azure is set up: one directory, one subscription, one service principal.
package struct AzureSettings: Codable, Sendable {
    /// How long operations take, in seconds.
    package struct Durations: Codable, Sendable {
        package var createCluster = 1.0
        package var updateCluster = 0.5
        package var stopCluster = 0.5
        package var startCluster = 0.5
        package var deleteCluster = 0.5
        package var deleteGroup = 0.5

        package init() {}
    }

    package var tenant: String
    package var subscription: String
    package var subscriptionName: String
    /// The service principal's application id.
    package var application: String
    package var secret: String
    package var durations: Durations
    /// What `Retry-After` of a poll says, in seconds; fractions are understood by `az`.
    package var pollInterval: Double
    /// The limit of vCPUs, of the region and of each family that `quotas` does not name.
    package var quota: Int
    /// Limits of vCPUs by family, such as `standardBSFamily`, or `cores` for the region.
    package var quotas: [String: Int]
    /// What every operation ends with as long as it is set.
    package var operationFailure: Failure?

    /// The error of an operation that ends as Failed.
    package struct Failure: Codable, Sendable {
        package var code: String
        package var message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    package init(
        tenant: String = "11111111-1111-1111-1111-111111111111",
        subscription: String = "00000000-0000-0000-0000-000000000000", subscriptionName: String = "Sandbox",
        application: String = "33333333-3333-3333-3333-333333333333", secret: String = "sandbox-secret",
        durations: Durations = Durations(), pollInterval: Double = 0.3, quota: Int = 100, quotas: [String: Int] = [:]
    ) {
        self.tenant = tenant
        self.subscription = subscription
        self.subscriptionName = subscriptionName
        self.application = application
        self.secret = secret
        self.durations = durations
        self.pollInterval = pollInterval
        self.quota = quota
        self.quotas = quotas
    }
}
