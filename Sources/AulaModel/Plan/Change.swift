/// One step of a plan.
package struct Change: Sendable, Equatable, Codable {
    package enum Action: String, Sendable, CaseIterable, Codable {
        case create
        case update
        /// Delete, then create: a field that cannot be changed.
        case replace
        case delete
        /// A GitLab project at the end of the term.
        case archive
        /// Take the mark off something that aula did not make.
        case release

        /// The sign in front of a line, in the wording users know.
        package var sign: String {
            switch self {
            case .create: "+"
            case .update: "~"
            case .replace: "-/+"
            case .delete, .archive, .release: "-"
            }
        }
    }

    package var address: Address
    package var action: Action
    package var slot: Slot
    /// What it shall become; nil for a deletion.
    package var desired: Resource?
    /// What it is, without its secrets; nil for a creation.
    package let observed: Observed?
    package var fields: [FieldChange]
    /// Why, where the fields do not say it: `adopted from kubectl`, `the service gave up: …`.
    package var reason: String?
    /// What is lost, in words; needs `--allow-data-loss`.
    package var dataLoss: String?
    /// How many resources of ours go with it, uncalled, because they live inside it.
    package var contents: Int
    /// Other changes that must be done first.
    package var dependsOn: [Address]

    package init(
        address: Address, action: Action, slot: Slot, desired: Resource? = nil, observed: Observed? = nil,
        fields: [FieldChange] = [], reason: String? = nil, dataLoss: String? = nil, contents: Int = 0,
        dependsOn: [Address] = []
    ) {
        self.address = address
        self.action = action
        self.slot = slot
        self.desired = desired
        self.observed = observed?.remembered
        self.fields = fields
        self.reason = reason
        self.dataLoss = dataLoss
        self.contents = contents
        self.dependsOn = dependsOn
    }
}

/// One field that differs between the live thing and the blueprint.
package struct FieldChange: Hashable, Sendable, Codable {
    /// Who made it differ.
    package enum Cause: Hashable, Sendable, Codable {
        /// The cohort file, a template or aula itself.
        case file
        /// Somebody else: the field manager's name.
        case drift(String)
        /// The field is gone, and nobody says who took it.
        case takenAway
    }

    /// Such as `spec.template.spec.containers[api].ports[8080].containerPort`.
    package var path: String
    /// Nil where the field is absent.
    ///
    /// Secret values are never put here.
    package var old: JSON?
    package var new: JSON?
    package var secret: Bool
    /// The new value is born during the run.
    package var knownAfterApply: Bool
    /// Cannot be changed in place.
    package var forcesReplacement: Bool
    package var cause: Cause

    package init(
        path: String, old: JSON?, new: JSON?, secret: Bool = false, knownAfterApply: Bool = false,
        forcesReplacement: Bool = false, cause: Cause = .file
    ) {
        self.path = path
        self.old = secret ? nil : old
        self.new = secret ? nil : new
        self.secret = secret
        self.knownAfterApply = knownAfterApply
        self.forcesReplacement = forcesReplacement
        self.cause = cause
    }
}
