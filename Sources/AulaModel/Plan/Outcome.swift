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
    case terminated = 143

    package var meaning: String {
        switch self {
        case .done: "done"
        case .error: "error"
        case .changesPending: "changes pending (plan --detailed-exitcode), or status: not all well"
        case .someGroupsFailed: "some groups failed or are not ready, the others are done"
        case .overBudget: "over budget"
        case .residueLeft: "something is left, or foreign things were kept"
        case .stalePlan: "the world changed between the plan and the run"
        case .locked: "another run of the same cohort is under way"
        case .usage: "wrong usage"
        case .interrupted: "interrupted"
        case .terminated: "ended by SIGTERM or SIGHUP, after what was under way"
        }
    }
}
