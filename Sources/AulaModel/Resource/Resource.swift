/// One thing that must exist somewhere.
///
/// Its fields lie in an array of one, which copies share until one of them changes: a university has 70,000 resources,
/// which are put in order, looked up and carried along in changes.
package struct Resource: Hashable, Sendable {
    private var shared: [Fields]

    package init(
        address: Address, slot: Slot = Slot(), body: JSON, late: [LateField] = [],
        dependsOn: [Address] = [], container: Address? = nil, lifecycle: Lifecycle = Lifecycle()
    ) {
        shared = [
            Fields(
                address: address, slot: slot, body: body, late: late, dependsOn: dependsOn,
                container: container, lifecycle: lifecycle)
        ]
    }

    package var address: Address {
        get { shared[0].address }
        _modify { yield &shared[0].address }
    }

    /// Which group, environment and component it belongs to; what is shared has none.
    package var slot: Slot {
        get { shared[0].slot }
        _modify { yield &shared[0].slot }
    }

    /// What it must look like.
    ///
    /// For Kubernetes the whole manifest that aula owns; for the others the fields by name.
    package var body: JSON {
        get { shared[0].body }
        _modify { yield &shared[0].body }
    }

    /// Fields whose values are born in other resources, filled in at the moment of writing.
    package var late: [LateField] {
        get { shared[0].late }
        _modify { yield &shared[0].late }
    }

    /// What must exist before it.
    ///
    /// Sources of late fields count as well.
    package var dependsOn: [Address] {
        get { shared[0].dependsOn }
        _modify { yield &shared[0].dependsOn }
    }

    /// What it lives inside, when deleting that takes this with it: a namespace, a cluster, a resource group.
    package var container: Address? {
        get { shared[0].container }
        _modify { yield &shared[0].container }
    }

    package var lifecycle: Lifecycle {
        get { shared[0].lifecycle }
        _modify { yield &shared[0].lifecycle }
    }

    private struct Fields: Hashable, Sendable, Codable {
        var address: Address
        var slot: Slot
        var body: JSON
        var late: [LateField]
        var dependsOn: [Address]
        var container: Address?
        var lifecycle: Lifecycle
    }
}

extension Resource: Codable {
    package init(from decoder: any Decoder) throws { shared = [try Fields(from: decoder)] }

    package func encode(to encoder: any Encoder) throws { try shared[0].encode(to: encoder) }
}

/// The group, environment and component that a resource belongs to; filters and the final table go by it.
package struct Slot: Hashable, Sendable, Codable {
    /// The group's key (its first name).
    package var group: String?
    package var environment: String?
    package var component: String?

    package init(group: String? = nil, environment: String? = nil, component: String? = nil) {
        self.group = group
        self.environment = environment
        self.component = component
    }
}

/// How a resource is born, kept and ended, where that differs from "write it, then delete it".
package struct Lifecycle: Hashable, Sendable, Codable {
    /// What happens to it when it is no longer wanted.
    package enum Ending: String, Sendable, Codable {
        case delete
        /// A GitLab project: students' work is kept.
        case archive
        /// A GitLab group: it stays, with its mark, as the home of archived projects.
        case keep
    }

    /// Fields that are written once, at creation, under another field manager, and belong to others ever after:
    /// the placeholder image and the replicas of a workload that a pipeline deploys.
    package var initial: JSON?
    /// Secret fields that aula invents when the object is first created and never writes again.
    package var generated: [GeneratedField]
    /// Deleting or replacing it loses data: a volume, or the StatefulSet's claim.
    package var holdsData: Bool
    /// Made again whenever one of these is made: a job that sets a password.
    package var replacedWith: [Address]
    package var ending: Ending
    /// It is expected to exist already (`existing:` in the file): marked, never created or deleted.
    package var existing: Bool

    package init(
        initial: JSON? = nil, generated: [GeneratedField] = [], holdsData: Bool = false, replacedWith: [Address] = [],
        ending: Ending = .delete, existing: Bool = false
    ) {
        self.initial = initial
        self.generated = generated
        self.holdsData = holdsData
        self.replacedWith = replacedWith
        self.ending = ending
        self.existing = existing
    }
}

/// A secret that is born with its object.
package struct GeneratedField: Hashable, Sendable, Codable {
    /// Where it goes in the body, such as `["stringData", "password"]`.
    package var path: [String]
    /// Letters and digits, so that it needs no quoting in a URL or a shell.
    package var length: Int

    package init(path: [String], length: Int = 32) {
        self.path = path
        self.length = length
    }
}
