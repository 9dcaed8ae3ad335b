import AulaModel

/// The differences between the class and its file, by who made them.
struct Drift {
    struct Cause: Hashable {
        var text: String
        /// What others did stands before what the file did.
        var rank: Int
    }

    /// Each cause with the things that it befell, and the fields where there are any.
    let causes: [(cause: Cause, lines: [String])]

    init(_ plan: Plan) {
        var found: [Cause: [String]] = [:]
        for change in plan.changes {
            for (cause, fields) in Self.causes(of: change) {
                let paths = fields.isEmpty ? "" : ": " + Humane.list(fields, atMost: 4)
                found[cause, default: []].append(change.address.text + paths)
            }
        }
        causes = found.sorted { ($0.key.rank, $0.key.text) < ($1.key.rank, $1.key.text) }
            .map { ($0.key, $0.value.sorted()) }
    }

    private static func causes(of change: Change) -> [(Cause, [String])] {
        switch change.action {
        case .create where change.reason != nil: return [(Cause(text: "Missing", rank: 2), [])]
        case .create: return [(Cause(text: "Not made yet", rank: 3), [])]
        case .delete, .archive, .release: return [(Cause(text: "No longer in the file", rank: 5), [])]
        case .update, .replace:
            let groups = Dictionary(grouping: change.fields) { cause($0.cause) }
            guard !groups.isEmpty else { return [(Cause(text: change.reason ?? "Not settled", rank: 6), [])] }
            return groups.map { ($0, $1.map(\.path)) }
        }
    }

    private static func cause(_ cause: FieldChange.Cause) -> Cause {
        switch cause {
        case .drift(let manager): Cause(text: "Changed by \(manager)", rank: 0)
        case .takenAway: Cause(text: "Taken away by somebody", rank: 1)
        case .file: Cause(text: "Changed in the file", rank: 4)
        }
    }
}
