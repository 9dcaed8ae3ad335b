import AulaEngine
import AulaModel

/// Kinds whose description carries our mark: groups and projects.
protocol DescribedKind: GitLabKind {
    /// Adds what this kind alone says in its mark's line.
    func complete(_ description: inout MarkedDescription, _ step: Step)
}

extension DescribedKind {
    func complete(_ description: inout MarkedDescription, _ step: Step) {}

    /// The description that the thing is to have: what people wrote in it, and our mark.
    func description(_ step: Step) -> String {
        var description = MarkedDescription(described(step))
        description.mark = step.ownMark
        description.key = step.change.address.path
        complete(&description, step)
        return description.description
    }

    /// The description, where it is to change.
    func newDescription(_ step: Step) -> String? {
        let new = description(step)
        return new == described(step) ? nil : new
    }

    func release(_ step: Step) async throws -> StepResult {
        let text = MarkedDescription(described(step)).text
        try await client.write("PUT", try path(step), body: ["description": .string(text)])
        return StepResult()
    }

    /// Marked for deletion; GitLab keeps it for some days more.
    func delete(_ step: Step) async throws -> StepResult {
        do {
            try await client.write("DELETE", try path(step))
            return StepResult()
        } catch let failure as GitLabFailure where failure.isMissing || failure.text.contains("already marked") {
            return StepResult(wasDone: true)
        }
    }

    /// Takes back what somebody did who deleted it; GitLab keeps it for some days.
    func restoreIfDeleted(_ step: Step) async throws {
        guard step.change.observed?.attributes["deleted_on"]?.string != nil else { return }
        do {
            try await client.write("POST", "\(try path(step))/restore")
        } catch let failure as GitLabFailure where failure.text.contains("has not been marked") {
            // Somebody was quicker, or the answer to our own request got lost.
            return
        }
    }

    /// The description that was seen.
    private func described(_ step: Step) -> String? {
        step.change.observed?.attributes["description"]?.string
    }
}
