/// What aula knows of one kind of Kubernetes objects by heart: where its objects live, and what they mean to a class.
///
/// Everything that treats kinds differently reads it here: templates, comparison, quotas, capacity, cost, readiness and
/// the calls. A new kind is a row of the table, and, where its objects do work, a function in `AulaReadiness`.
package struct KubernetesKind: Sendable {
    /// `Deployment`.
    package var name: String
    /// Empty for the core group.
    package var group = ""
    /// The preferred one first; none where a template declares the kind and the cluster has to be asked.
    package var versions: [String] = []
    /// As paths spell it; empty where the cluster has to be asked.
    package var plural = ""
    package var isNamespaced = true
    /// The longest name, in bytes: controllers put a kind's name into labels or append to it.
    package var nameLimit = 253
    /// Whether every cluster is asked for ours of it, so that what a file no longer asks for is found; others are read
    /// while a file asks for them.
    package var isAlwaysRead = false
    /// When its file is applied among others: what comes later may need what came before.
    package var rank = 3
    /// The pods that its objects own, or are.
    package var pods: Pods?
    /// What people stored goes with its objects.
    package var claims: Claims?
    package var immutable = Immutable()
    /// Lists of its own whose items are told apart by keys, by path; those of pods and metadata are known.
    package var mergeKeys: [String: [String]] = [:]
    /// Whether its objects do work, so that `AulaReadiness` can tell from their report how it goes.
    package var doesWork = false
    /// Where not every object of the kind does work, or is billed: those for which this holds.
    package var condition: Condition?
    package var bills: [Bill] = []
    /// What a quota counts its objects as, beside their pods and claims.
    package var quota: String?
    /// The kind whose objects make those of this one, as `NAME-HASH`.
    package var madeBy: String?
    /// Whether the role of deployers lets them write every object of the kind.
    package var isDeployed = false

    /// The pods of a workload.
    package struct Pods: Sendable {
        /// How many there are.
        package enum Count: Sendable {
            /// The object itself.
            case one
            /// As many as `spec.replicas` says.
            case replicas
            /// One on each node of the cluster.
            case perNode
            /// As many as the job at this path has `parallelism`, until they are done.
            case untilDone(job: [String])
        }

        /// Where one is described: the path of what has `metadata` and `spec`.
        package var template: [String]
        package var count: Count
        /// How an update may add pods before it takes others away; nil for kinds that never do.
        package var surge: Surge?
    }

    /// How many pods an update adds, by `rollingUpdate.maxSurge` of a field.
    package struct Surge: Sendable {
        package var strategy: [String]
        /// Percent, where the field says nothing.
        package var standard: Int
    }

    /// How a kind asks for volumes.
    package enum Claims: Hashable, Sendable {
        /// It is one.
        case itself
        /// One of each in this list for every pod; they outlive their object.
        case templates([String])

        /// Where its objects describe claims; nil for what is one.
        package var path: [String]? { if case .templates(let path) = self { path } else { nil } }
    }

    /// Fields that the server refuses to change: a difference there means delete and create.
    package struct Immutable: Sendable {
        package var paths: [String] = []
        /// Inside those, what may change after all.
        package var except: [String] = []
    }

    /// A field and its value.
    package struct Condition: Hashable, Sendable {
        package var path: [String]
        package var value: JSON

        package func holds(_ body: JSON) -> Bool { body[path] == value }
    }

    /// What is billed for each object, beside the nodes that it runs on and the volumes that it claims.
    package struct Bill: Sendable {
        package enum Count: Sendable {
            case times(Int)
            /// One for each item of the list at this path.
            case items([String])
        }

        package var item: String
        package var count = Count.times(1)
        /// The name under which all objects of the kind share it; nil where each has its own.
        package var sharedAs: String?
        /// Objects for which this holds go without.
        package var unless: Condition?
    }
}

extension KubernetesKind {
    /// A kind that a template declares, of which the cluster knows the rest.
    package init(declared name: String, isNamespaced: Bool) {
        self.init(name: name, isNamespaced: isNamespaced)
    }

    /// The kind of that name; nil for one that aula does not know.
    package static subscript(name: String) -> KubernetesKind? { byName[name] }

    /// The kind of a manifest; nil for one that aula does not know, or another group's of the same name.
    package static func of(_ manifest: JSON) -> KubernetesKind? {
        guard let name = manifest["kind"]?.string, let kind = byName[name] else { return nil }
        guard let version = manifest["apiVersion"]?.string else { return kind }
        return kind.apiVersions.contains(version) ? kind : nil
    }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// As manifests spell them: `v1`, `apps/v1`.
    package var apiVersions: [String] { versions.map { group.isEmpty ? $0 : "\(group)/\($0)" } }

    /// Where its pods are described; empty for the pod itself, nil for kinds that start none.
    package var podTemplate: [String]? { pods?.template }

    /// Whether pods of its own go with it.
    package var ownsPods: Bool { pods.map { !$0.template.isEmpty } ?? false }

    /// Whether its pods may get another image later, so that a pipeline can deploy it.
    package var takesNewImages: Bool {
        ownsPods && !isImmutable((podTemplate ?? []).joined(separator: "."))
    }

    /// Whether it is the kind of volume claims.
    package var isClaim: Bool { claims == .itself }

    /// Whether controllers make its objects from what workloads describe: pods, and claims for them.
    package var isTemplated: Bool { isClaim || pods?.template.isEmpty == true }

    /// Whether an object does work of its own, or costs something.
    package func doesWork(_ body: JSON) -> Bool { doesWork && isMeant(body) }

    /// Whether its condition holds for an object.
    package func isMeant(_ body: JSON) -> Bool { condition?.holds(body) ?? true }

    /// Whether losing a live object loses what people stored: a bound claim, or what claims for its pods.
    package func holdsData(_ live: JSON) -> Bool {
        switch claims {
        case .itself: live[["spec", "volumeName"]]?.string?.isEmpty == false
        case .templates(let path): live[path]?.array?.isEmpty == false
        case nil: false
        }
    }
}
