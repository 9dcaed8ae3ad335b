/// What is wrong with whole systems rather than with single requests; nil and empty leave a system as it is.
///
/// In a fault file the keys under `conditions:` have these names.
package struct SandboxConditions: Sendable, Hashable {
    /// Kubernetes: seconds until the token controller fills a new token Secret.
    package var tokenDelaySeconds: Double?
    /// Kubernetes: seconds from a pod's scheduling to its readiness.
    package var podStartSeconds: Double?
    /// Kubernetes: seconds until a LoadBalancer has its address.
    package var loadBalancerSeconds: Double?
    /// Kubernetes: seconds that a deleted namespace takes to end, while what it holds goes step by step.
    package var namespaceSeconds: Double?
    /// Kubernetes: the longest life of a requested token in seconds; a longer wish is granted this much.
    package var tokenCapSeconds: Int?
    /// Kubernetes: how long a continue token of a paged LIST lives, in seconds.
    package var continueSeconds: Double?
    /// Kubernetes: images that cannot be pulled.
    package var brokenImages: Set<String> = []
    /// Kubernetes: images whose containers end at once with exit code 1.
    package var crashingImages: Set<String> = []
    /// Azure: virtual CPUs that the subscription may use in a region.
    package var vcpuQuota: Int?
    /// Azure: what the subscription was sold as; `student` brings its policy, quotas and refused sizes with it.
    package var offer: AzureSettings.Offer?
    /// Azure: the subscription's state: Enabled, Warned, PastDue or Disabled.
    package var subscriptionState: AzureSettings.State?
    /// Azure: the only regions that the subscription's policy allows.
    package var allowedLocations: [String]?
    /// Azure: machine sizes that the subscription may not use.
    package var restrictedSizes: [String]?
    /// Azure: resource providers that are not registered yet.
    package var unregisteredProviders: Set<String> = []
    /// Azure: limits of virtual CPUs by family, such as `standardBSFamily`.
    package var familyQuotas: [String: Int] = [:]
    /// Azure: seconds that creating, starting, stopping and deleting a cluster takes.
    package var operationSeconds: Double?
    /// Azure: the next operation of each of these kinds ends as Failed.
    package var operationFailures: [OperationFailure] = []
    /// GitLab: whether the feature flag `certificate_based_clusters` is on.
    package var certificateClusters: Bool?
    /// GitLab: whether cluster addresses may point to the local network.
    package var localRequests: Bool?
    /// GitLab: requests that a user may send in a minute.
    package var requestsPerMinute: Int?

    package struct OperationFailure: Sendable, Hashable {
        package var operation: AzureOperation.Kind
        package var code: String
        package var message: String
    }

    package init() {}
}
