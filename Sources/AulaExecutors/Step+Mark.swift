import AulaEngine
import AulaModel

extension Step {
    /// The mark to write: a new thing is created, a taken-over one keeps telling so.
    var ownMark: Mark {
        var mark = mark
        if let observed = change.observed, change.action != .create, change.action != .replace {
            mark.origin = observed.mark?.origin ?? (change.desired?.lifecycle.existing == true ? .existing : .adopted)
        }
        return mark
    }
}
