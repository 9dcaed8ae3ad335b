import AulaModel

/// A live group or project, and what it says to be.
struct Claim {
    let json: JSON
    let id: Int
    let container: Address
    let description: MarkedDescription
    let isMarked: Bool
    /// What the file wants at its path.
    let expected: Address?

    var path: String { json.gitlabPath }

    /// When somebody deleted it; GitLab keeps it for some days and moves it to another path meanwhile.
    var deletedOn: String? { json.deletedOn }

    func copy(_ kind: ResourceKind) -> Diagnostic {
        Diagnostic(
            .warning, "the \(kind.name) \(path) carries a copy of another one's mark: it is ignored",
            hint: "take the last line out of its description")
    }

    func moved(_ kind: ResourceKind, from address: Address) -> Diagnostic {
        Diagnostic(
            .warning, "the \(kind.name) \(path) has number \(id), which aula remembers as \(address): it is ignored",
            hint: "move it back where it was; otherwise \(address) is made anew")
    }
}

extension Claim {
    /// It is where aula remembers another one.
    func successor(of address: Address, _ memory: ClassMemory) -> Diagnostic {
        let number = memory.numbers[address].map { " \($0)" } ?? ""
        return Diagnostic(
            .warning,
            "aula remembers \(address) as number\(number), which is gone; GitLab's \(path) is another one, number \(id)",
            hint: "should that be the one from now on, take it over with --adopt \(address)")
    }
}

/// A live group or project with the address it goes by.
@dynamicMemberLookup
struct Placed {
    var address: Address
    var claim: Claim
    var recollection: Recollection

    /// What aula remembers of the address.
    enum Recollection {
        /// Nothing: what it says of itself counts.
        case none
        /// That it is this one.
        case same
        /// That it is another one, which is gone: nothing that this one says of itself counts.
        case other
    }

    /// In the API.
    var apiPath: String { address.is(.gitlabGroup) ? "groups/\(claim.id)" : "projects/\(claim.id)" }

    subscript<Value>(dynamicMember path: KeyPath<Claim, Value>) -> Value { claim[keyPath: path] }
}

extension JSON {
    /// Where a group or project is.
    var gitlabPath: String {
        self["full_path"]?.string ?? self["path_with_namespace"]?.string ?? self["path"]?.string ?? ""
    }

    /// The day on which somebody deleted a group or project that GitLab still keeps.
    var deletedOn: String? { self["marked_for_deletion_on"]?.string ?? self["marked_for_deletion_at"]?.string }
}
