import AulaModel

/// Tells what is marked for deletion, with everything inside it: at the end of a class such things are as good as gone.
struct Leaving {
    let staying: [JSON]
    private let doomed: [String]
    private let isEnd: Bool

    init(_ groups: [JSON], isEnd: Bool) {
        self.isEnd = isEnd
        doomed = groups.filter { $0.deletedOn != nil }.map(\.gitlabPath)
        guard isEnd else {
            staying = groups
            return
        }
        let doomed = doomed
        staying = groups.filter { $0.deletedOn == nil && !Self.isInside($0.gitlabPath, doomed) }
    }

    func isStaying(_ project: JSON) -> Bool {
        !isEnd || (project.deletedOn == nil && !Self.isInside(project.gitlabPath, doomed))
    }

    private static func isInside(_ path: String, _ groups: [String]) -> Bool {
        groups.contains { path.hasPrefix($0 + "/") }
    }
}
