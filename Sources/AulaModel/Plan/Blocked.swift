/// What nothing is planned for, and why.
package struct Blocked: Hashable, Sendable, Codable {
    package enum Cause: Hashable, Sendable, Codable {
        /// It could not be read.
        case unread(String)
        /// What is inside it could not be read, so it does not go.
        case insideUnread(String)
        /// It needs something that is blocked itself.
        case waits(Address)
        /// It needs something that is not there and that the filter leaves out.
        case leftOut(Address)
        /// Something has its name that is not aula's.
        case taken
        /// It is another cohort's.
        case othersCohort
    }

    /// A resource, or a part of a system.
    package var part: Observation.Part
    package var slot: Slot
    package var cause: Cause

    package init(_ part: Observation.Part, slot: Slot = Slot(), _ cause: Cause) {
        self.part = part
        self.slot = slot
        self.cause = cause
    }

    /// Whether something else has to be mended, and this then follows.
    package var isConsequence: Bool {
        switch cause {
        case .waits, .leftOut: true
        case .unread, .insideUnread, .taken, .othersCohort: false
        }
    }

    /// The cause in words.
    package var reason: String {
        switch cause {
        case .unread(let reason): reason
        case .insideUnread(let reason): "what is inside could not be read: \(reason)"
        case .waits(let address): "it waits for \(address)"
        case .leftOut(let address): "it waits for \(address), which the filter leaves out"
        case .taken: "its name is taken"
        case .othersCohort: "it belongs to another cohort"
        }
    }
}
