/// What a team's project begins with.
package enum Starter: Hashable, Sendable {
    /// One that comes with aula, by the name of its folder below `templates/starters`.
    case shipped(String)
    /// A folder of the teacher's, relative to the cohort file.
    case folder(String)

    /// The starter that the file means by `true`.
    package static let standard = Starter.shipped("python")

    /// How people are told of it.
    package var words: String {
        switch self {
        case .shipped(let name): "aula's starter \(name)"
        case .folder(let path): path
        }
    }
}

/// A file of a project's first commit.
package struct ProjectFile: Hashable, Sendable {
    /// Relative to the project, with slashes.
    package var path: String
    /// The text, or Base64 of what is none.
    package var content: String
    package var isBinary: Bool
    package var isExecutable: Bool

    package init(path: String, content: String, isBinary: Bool = false, isExecutable: Bool = false) {
        self.path = path
        self.content = content
        self.isBinary = isBinary
        self.isExecutable = isExecutable
    }
}
