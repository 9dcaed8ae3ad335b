import AulaModel

/// Which resources a template's object may take values from: cohort files and templates come from others as well.
///
/// A secret leaves its group and environment only by the component that made it: a template beside a cohort file must
/// not be able to copy another group's token, or a shared server's password, into an object that a team can read.
struct OutputRights {
    /// Objects of templates that take values from elsewhere, with where the template says so.
    private var takers: [(address: Address, position: SourcePosition?)] = []

    mutating func note(_ resource: Resource, at position: SourcePosition?) {
        guard resource.late.contains(where: { !$0.value.sources.isEmpty }) else { return }
        takers.append((resource.address, position))
    }

    /// A finding for each value that is taken from where it must not be.
    func findings(_ resource: (Address) -> Resource?) -> [Diagnostic] {
        takers.flatMap { taker -> [Diagnostic] in
            guard let object = resource(taker.address) else { return [] }
            let sources = Set(object.late.flatMap(\.value.sources))
            return sources.sorted { $0.text < $1.text }.compactMap { source in
                guard let producer = resource(source) else { return nil }
                guard !Self.may(object.slot, take: producer.slot) else { return nil }
                return Diagnostic(
                    .error, "\(taker.address) may not read a value of \(source)", at: taker.position,
                    hint: "a template reads values of its own group and environment, or of its own component's server")
            }
        }
    }

    static func may(_ taker: Slot, take producer: Slot) -> Bool {
        guard taker.environment == producer.environment else { return false }
        if taker.group == producer.group { return taker.group != nil || taker.component == producer.component }
        return producer.group == nil && taker.component != nil && taker.component == producer.component
    }
}
