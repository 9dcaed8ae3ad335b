package import AulaModel

/// Which requests a fault strikes, and how often.
package struct FaultRule: Sendable, Hashable {
    /// Nil: any system.
    package var system: SandboxSystem?
    /// In upper case; empty: any method.
    package var methods: Set<String>
    /// Without the query and, in Kubernetes, without the cluster's prefix; nil: any path.
    package var path: PathGlob?
    /// The cluster's name; nil: any cluster, and the other systems.
    package var cluster: Glob?
    /// Parameters of the query that must be there with matching values.
    package var query: [String: Glob]
    /// The first of the matching requests that is struck, from 1.
    package var nth: Int
    /// How many requests are struck from then on; nil: all.
    package var times: Int?
    package var fault: Fault

    package init(
        system: SandboxSystem? = nil, methods: Set<String> = [], path: PathGlob? = nil, cluster: Glob? = nil,
        query: [String: Glob] = [:], nth: Int = 1, times: Int? = nil, fault: Fault
    ) {
        self.system = system
        self.methods = methods
        self.path = path
        self.cluster = cluster
        self.query = query
        self.nth = nth
        self.times = times
        self.fault = fault
    }

    package func matches(_ request: SandboxRequest, system: SandboxSystem, cluster name: String? = nil) -> Bool {
        if let wanted = self.system, wanted != system { return false }
        if !methods.isEmpty, !methods.contains(request.method.uppercased()) { return false }
        if let path, !path.matches(request.path) { return false }
        if let cluster, !cluster.matches(name ?? "") { return false }
        return query.allSatisfy { name, glob in
            request.query.contains { $0.name == name && glob.matches($0.value) }
        }
    }
}
