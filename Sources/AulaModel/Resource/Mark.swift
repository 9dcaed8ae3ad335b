/// What aula writes on live things so that it knows its own again without a state file.
package struct Mark: Hashable, Sendable, Codable {
    /// How the thing came to be ours, which decides how it ends.
    package enum Origin: String, Sendable, CaseIterable, Codable {
        /// Made by aula: deleted at the end.
        case created
        /// Taken over with `--adopt`: un-marked at the end.
        case adopted
        /// Named in the file as existing: un-marked at the end.
        case existing
    }

    package var cohort: String
    package var id: String
    package var origin: Origin

    package init(cohort: String, id: String, origin: Origin = .created) {
        self.cohort = cohort
        self.id = id
        self.origin = origin
    }

    /// The form in GitLab's descriptions and names: `aula:NAME/ID`, then the origin unless it was created.
    package var line: String {
        origin == .created ? "aula:\(cohort)/\(id)" : "aula:\(cohort)/\(id) \(origin.rawValue)"
    }

    /// Reads a mark from one line of text; nil for text that is none.
    package init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard let first = words.first, first.hasPrefix("aula:") else { return nil }
        let parts = first.dropFirst("aula:".count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        cohort = String(parts[0])
        id = String(parts[1])
        origin = words.dropFirst().lazy.compactMap { Origin(rawValue: String($0)) }.first ?? .created
    }

    /// Whether two marks are of the same edition; the origin does not count.
    package func isSameEdition(as other: Mark) -> Bool { id == other.id && cohort == other.cohort }
}
