import AulaModel

/// The variables of aula's own project, which are the class's memory in GitLab.
struct OwnVariables: Sendable {
    private let result: Result<[JSON], any Error>

    /// Asks for them by the project's path, before its number is known.
    static func read(_ client: GitLabClient, _ place: GitLabHome) async -> OwnVariables {
        do {
            return OwnVariables(result: .success(try await client.list("\(path(in: place.group))/variables")))
        } catch {
            return OwnVariables(result: .failure(error))
        }
    }

    /// Below `/api/v4/`.
    static func path(in group: String) -> String { "projects/\("\(group)/\(ClassMemory.projectName)".pathSegment)" }

    /// All of them, except for the lock, which is no part of the class.
    func list() throws -> [JSON] { try result.get().filter { $0["key"]?.string != VariableLock.key } }

    /// The memory's parts; none where they cannot be read, because to lose them only costs a question.
    func parts(of mark: Mark) -> [(key: String, value: String)] {
        ((try? result.get()) ?? []).compactMap { variable in
            guard MarkedDescription(variable["description"]?.string).mark?.isSameEdition(as: mark) == true,
                let key = variable["key"]?.string, let value = variable["value"]?.string
            else { return nil }
            return (key, value)
        }
    }
}

extension Diagnostic {
    static func newerMemory(in place: String) -> Diagnostic {
        Diagnostic(
            .error, "what is remembered of this class in \(place) was written by a younger aula",
            hint: "update aula on this machine")
    }
}

extension Observed {
    /// What remembers outlives the class, so that it is known again.
    mutating func endAsMemory() {
        ending = .keep
        slot = Slot()
    }
}
