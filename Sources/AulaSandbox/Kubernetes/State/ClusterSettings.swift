package import Foundation

/// Who a cluster is: what its clients know of it.
package struct ClusterIdentity: Sendable, Hashable {
    /// A name for messages and node names, for example the managed cluster's.
    package var name: String
    /// The bearer token of the administrator, a member of `system:masters`.
    package var adminToken: String
    /// The certificate authority as PEM; it goes into token Secrets and `kube-root-ca.crt`.
    package var caPEM: String

    package init(name: String, adminToken: String, caPEM: String) {
        self.name = name
        self.adminToken = adminToken
        self.caPEM = caPEM
    }
}

/// How a cluster behaves: its nodes, and how fast and how well its controllers work.
package struct ClusterSettings: Sendable {
    package struct NodePool: Sendable, Hashable {
        package var count: Int
        package var cpu: String
        package var memory: String
        package var size: String

        package init(count: Int, cpu: String = "2", memory: String = "4Gi", size: String = "Standard_B2s") {
            self.count = count
            self.cpu = cpu
            self.memory = memory
            self.size = size
        }
    }

    /// Controllers that a control plane may run without.
    package enum Controller: Sendable, Hashable {
        /// Binds pods to nodes, which then run them. Without it pods stay pending without a word.
        case scheduler
        /// Lets go of claims that no pod uses.
        case claimProtection
    }

    package var nodes = NodePool(count: 2)
    package var disabledControllers: Set<Controller> = []
    /// Storage classes, of which a claim that names none gets the first; without any, claims stay pending.
    package var storageClasses = ["default", "managed-csi"]
    /// From being scheduled to ready.
    package var podStartSeconds: TimeInterval = 0.3
    /// How long a Job's pod runs.
    package var jobSeconds: TimeInterval = 0.3
    /// How long the token controller takes to fill a token Secret.
    package var tokenDelaySeconds: TimeInterval = 0.05
    /// How long a namespace takes to end: its pods go first, then the rest in turns.
    package var namespaceSeconds: TimeInterval = 1
    /// How long a custom kind takes to be served after its definition.
    package var definitionSeconds: TimeInterval = 0.3
    /// How long a LoadBalancer takes to get its address.
    package var loadBalancerSeconds: TimeInterval = 0.3
    /// The longest life of a requested token, which a longer wish is granted; nil for no cap.
    package var tokenCapSeconds: Int?
    /// How long a continue token of a paged LIST lives: 5 minutes on the real server.
    package var continueSeconds: TimeInterval = 300
    /// Images that cannot be pulled, beside those whose tag is `broken` and those of hosts ending in `.invalid`.
    package var brokenImages: Set<String> = []
    /// Images whose containers end at once with exit code 1, beside those whose tag is `crash` or begins with
    /// `crash-`.
    package var crashingImages: Set<String> = []

    package init() {}

    func isBroken(_ image: String) -> Bool {
        let host = image.split(separator: "/").first.map(String.init) ?? ""
        let name = host.split(separator: ":").first.map(String.init) ?? ""
        return brokenImages.contains(image) || image.hasSuffix(":broken")
            || (image.contains("/") && name.hasSuffix(".invalid"))
    }

    func isCrashing(_ image: String) -> Bool {
        crashingImages.contains(image) || image.hasSuffix(":crash") || image.contains(":crash-")
    }
}
