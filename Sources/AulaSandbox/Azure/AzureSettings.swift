import AulaModel

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
        /// Of an address, a disk and the like.
        package var changeResource = 0.2

        package init() {}
    }

    package var tenant: String
    package var subscription: String
    package var subscriptionName: String
    /// The service principal's application id.
    package var application: String
    package var secret: String
    /// The service principal's object id.
    package var principal = "44444444-4444-4444-4444-444444444444"
    package var offer = Offer.payAsYouGo
    package var state = State.enabled
    /// The regions of the policy that binds the subscription; nil without one.
    package var allowedLocations: [String]?
    /// Sizes that the subscription may not use.
    package var restrictedSizes: [String] = []
    /// Resource providers, in lower case, that must be registered before use.
    package var unregistered: Set<String> = []
    package var durations: Durations
    /// What `Retry-After` of a poll says, in seconds; fractions are understood by `az`.
    package var pollInterval: Double
    /// The limit of vCPUs, of the region and of each family that `quotas` does not name.
    package var quota: Int
    /// Public addresses that the subscription may have in a region.
    package var addressQuota = 1_000
    /// Limits of vCPUs by family, such as `standardBSFamily`, or `cores` for the region.
    package var quotas: [String: Int]
    /// What every operation ends with as long as it is set.
    package var operationFailure: Failure?

    /// What the subscription was sold as.
    package enum Offer: String, Codable, CaseIterable, Sendable {
        case payAsYouGo, student
    }

    /// What a subscription's state can be; the last two take no writes but deletions.
    package enum State: String, Codable, CaseIterable, Sendable {
        case enabled = "Enabled"
        case pastDue = "PastDue"
        case warned = "Warned"
        case disabled = "Disabled"
    }

    func isRestricted(_ size: String) -> Bool {
        restrictedSizes.contains { $0.lowercased() == size.lowercased() }
    }

    /// The error of an operation that ends as Failed.
    package struct Failure: Codable, Sendable {
        package var code: String
        package var message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        var json: JSON { ["code": .string(code), "message": .string(message)] }
    }

    /// A student's subscription as one of 2026 was found: five regions, few vCPUs, the favourite size refused.
    ///
    /// Quotas of an audited subscription (2026-09-25): six vCPUs in a region, and little of each family.
    package mutating func become(_ offer: Offer) {
        self.offer = offer
        guard offer == .student else { return }
        subscriptionName = "Azure for Students"
        allowedLocations = ["chilecentral", "brazilsouth", "northcentralus", "canadacentral", "westus"]
        restrictedSizes = ["Standard_B2s"]
        quota = 0
        quotas = [
            "cores": 6, "standardBSFamily": 4, "standardBasv2Family": 10, "standardBsv2Family": 10,
            "standardBpsv2Family": 10, "standardDSv3Family": 4, "standardDASv4Family": 4,
        ]
        addressQuota = 3
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
