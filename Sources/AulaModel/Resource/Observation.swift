/// What exists now: each address is present, absent, or unknown with a reason.
package struct Observation: Sendable {
    package enum Presence: Sendable {
        case present(Observed)
        case absent
        case unknown(String)
    }

    /// Part of the world that could not be read.
    package struct Gap: Hashable, Sendable {
        package var part: Part
        package var reason: String
        /// The next step for the user.
        package var hint: String?

        package init(_ part: Part, reason: String, hint: String? = nil) {
            self.part = part
            self.reason = reason
            self.hint = hint
        }

        /// The reason and the next step in one line.
        package var text: String { hint.map { "\(reason): \($0)" } ?? reason }
    }

    package var present: [Address: Observed]
    package var gaps: [Gap]
    /// Things that nobody asked for but that live inside ours, or hold a name of ours: shown, never touched unasked.
    package var foreign: [Foreign]
    /// What the user should know before anything is written.
    package var notices: [Diagnostic]
    /// Whether a system says of itself that it is a sandbox; a system that said nothing is not in here.
    package var sandboxed: [System: Bool]
    /// The pods of our workloads, where they were asked for.
    package var pods: [PodCondition]
    /// What a controller said when it could not make the pods of a workload.
    package var refusals: [Address: String]
    /// What aula remembers of the class; where two of its copies differ, what the nearer one says.
    package var memory = ClassMemory()
    /// What became of the last push to each team's project, where it was asked for.
    package var pushes: [Address: PushOutcome]

    package init(
        present: [Address: Observed] = [:], gaps: [Gap] = [], foreign: [Foreign] = [], notices: [Diagnostic] = [],
        sandboxed: [System: Bool] = [:], pods: [PodCondition] = [], refusals: [Address: String] = [:],
        pushes: [Address: PushOutcome] = [:]
    ) {
        self.present = present
        self.gaps = gaps
        self.foreign = foreign
        self.notices = notices
        self.sandboxed = sandboxed
        self.pods = pods
        self.refusals = refusals
        self.pushes = pushes
    }

    /// The first gap that covers the address.
    package func gap(over address: Address) -> Gap? {
        gaps.first { $0.part.covers(address) }
    }

    /// Absent only where nothing says otherwise and no gap covers the address.
    package func presence(of address: Address) -> Presence {
        if let observed = present[address] { return .present(observed) }
        if let gap = gap(over: address) { return .unknown(gap.text) }
        return .absent
    }

    /// What other resources may take from what is there, and of what cannot be told from another, or not be read,
    /// the number that aula remembers.
    package var outputs: [Address: [String: Output]] {
        var result = present.compactMapValues { $0.outputs.isEmpty ? nil : $0.outputs }
        for (address, number) in memory.numbers where result[address] == nil {
            if case .absent = presence(of: address) { continue }
            result[address] = ["id": "\(number)"]
        }
        return result
    }

    /// One of them.
    package func output(_ address: Address, _ name: String) -> Output? {
        if let output = present[address]?.outputs[name] { return output }
        guard name == "id", let number = memory.numbers[address] else { return nil }
        if case .absent = presence(of: address) { return nil }
        return "\(number)"
    }

    package mutating func merge(_ other: Observation) {
        present.merge(other.present) { _, new in new }
        gaps += other.gaps
        foreign += other.foreign
        notices += other.notices
        sandboxed.merge(other.sandboxed) { _, new in new }
        pods += other.pods
        refusals.merge(other.refusals) { _, new in new }
        memory.numbers.merge(other.memory.numbers) { first, _ in first }
        pushes.merge(other.pushes) { _, new in new }
    }
}

/// A live thing, as far as aula has to know it.
package struct Observed: Sendable, Equatable {
    /// The system's own identity: a uid, a number, a resource id.
    ///
    /// Updates and deletes carry it.
    package var identity: String
    /// The live fields in the same form as `Resource.body`, without those that are secret: of them only the names.
    package var attributes: JSON
    /// The live fields that nobody may see, by their paths in the body.
    package var secrets: [[String]: Secret]
    /// Nil for a thing that carries no mark of ours or of another cohort.
    package var mark: Mark?
    /// Somebody took our mark off it or changed it, inside something that is ours: it is ours all the same.
    package var hasLostMark = false
    package var slot: Slot
    /// What other resources may take from it, such as `token` or `url`.
    package var outputs: [String: Output]
    /// What it lives inside, as for `Resource.container`.
    package var container: Address?
    /// Losing it loses data: a bound claim, a StatefulSet with claims.
    package var holdsData: Bool
    /// A claim that its storage class lets grow in place; asked only where its size differs from the file's.
    package var canGrow = false
    package var ending: Lifecycle.Ending
    /// Who owns which field (Kubernetes only).
    package var managers: [FieldManager]
    /// Fields that its system refuses to change, by path (Azure and GitLab only).
    package var fixed: Set<String>
    /// Whether anybody can have put something into it: a cluster whose creation failed never lived.
    package var hasLived = true
    /// The system is still working on it or gave up, in its own word: `Creating`, `Deleting`, `Failed`.
    ///
    /// Nil when it is settled.
    package var transition: Transition?

    package init(
        identity: String, attributes: JSON, secrets: [[String]: Secret] = [:], mark: Mark?, slot: Slot = Slot(),
        outputs: [String: Output] = [:], container: Address? = nil, holdsData: Bool = false,
        ending: Lifecycle.Ending = .delete, managers: [FieldManager] = [], fixed: Set<String> = [],
        transition: Transition? = nil
    ) {
        self.identity = identity
        self.attributes = attributes
        self.secrets = secrets
        self.mark = mark
        self.slot = slot
        self.outputs = outputs
        self.container = container
        self.holdsData = holdsData
        self.ending = ending
        self.managers = managers
        self.fixed = fixed
        self.transition = transition
    }
}

extension Observed {
    /// A live field, secret or not; nil where it is absent.
    package func value(at path: [String]) -> Output? {
        secrets[path].map { .secret($0) } ?? attributes[path]?.string.map { .plain($0) }
    }

    /// The live fields with the secret ones, for a comparison in memory.
    package var revealed: JSON {
        secrets.reduce(into: attributes) { $0[$1.key] = .string($1.value.revealed) }
    }

    /// What a plan remembers of it: no secret, and not who owns which field, which is told in the changes.
    package var remembered: Observed {
        var memory = self
        memory.secrets = [:]
        memory.outputs = outputs.filter { $0.value.plain != nil }
        memory.managers = []
        memory.fixed = []
        return memory
    }
}

/// A state between states.
package enum Transition: Hashable, Sendable, Codable {
    /// Wait for it, then look again.
    case inProgress(String)
    /// On its way out: wait, then it is absent.
    case leaving(String)
    /// The system gave up; what it said.
    case failed(String)
}

/// One entry of an object's `metadata.managedFields`.
package struct FieldManager: Hashable, Sendable {
    /// The name under which aula applies.
    package static let aula = "aula"
    /// The name under which aula writes once what belongs to others, or to nobody, ever after.
    package static let placeholder = "aula-placeholder"

    package var name: String
    /// `Apply` or `Update`.
    package var operation: String
    /// The `fieldsV1` tree as the server writes it.
    package var fields: JSON
    package var time: String?

    package init(name: String, operation: String, fields: JSON, time: String? = nil) {
        self.name = name
        self.operation = operation
        self.fields = fields
        self.time = time
    }
}

/// A thing that is not ours, inside something that is.
package struct Foreign: Hashable, Sendable, Codable {
    package var address: Address
    /// What it lives inside.
    package var container: Address
    /// Whose it is, in words: a field manager, another cohort, a student's deployer.
    package var owner: String
    /// Made with a token that aula gave to students: listed apart, and goes with the namespace.
    package var byDeployer: Bool
    package var identity: String?
    package var holdsData: Bool

    package init(
        address: Address, container: Address, owner: String, byDeployer: Bool = false, identity: String? = nil,
        holdsData: Bool = false
    ) {
        self.address = address
        self.container = container
        self.owner = owner
        self.byDeployer = byDeployer
        self.identity = identity
        self.holdsData = holdsData
    }
}
