import AulaModel

extension JSON {
    /// A number that GitLab's answer has to hold: an answer without it is none that could be worked with.
    func number(_ name: String) throws -> Int {
        guard let number = self[name]?.int else {
            throw GitLabFailure(status: nil, text: "GitLab's answer holds no number `\(name)`")
        }
        return number
    }
}
