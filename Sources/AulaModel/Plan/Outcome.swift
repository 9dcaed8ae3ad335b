/// How a command ended, as its exit code: part of the interface.
package enum Outcome: Int32, Sendable, CaseIterable {
    case done = 0
    case error = 1
    case changesPending = 2
    case someGroupsFailed = 3
    case overBudget = 4
    case residueLeft = 5
    case stalePlan = 6
    case locked = 7
    case usage = 64
    case interrupted = 130

    package var meaning: String {
        switch self {
        case .done: "done"
        case .error: "error"
        case .changesPending: "changes pending (with --detailed-exitcode)"
        case .someGroupsFailed: "some groups failed, others are done"
        case .overBudget: "over budget"
        case .residueLeft: "residue or foreign contents left"
        case .stalePlan: "the plan is stale: something changed meanwhile"
        case .locked: "locked by another run"
        case .usage: "wrong usage"
        case .interrupted: "interrupted"
        }
    }
}
