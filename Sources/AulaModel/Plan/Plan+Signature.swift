extension Plan {
    /// What a plan would do, for comparing two looks at the world; secrets are not part of it.
    package var signature: [String] {
        changes.map { change in
            let fields = change.fields.map { "\($0.path)=\($0.old?.text ?? "")>\($0.new?.text ?? "")" }
            return "\(change.action.rawValue) \(change.address) \(change.observed?.identity ?? "") "
                + "\(fields.joined(separator: " "))"
        }.sorted()
    }
}
