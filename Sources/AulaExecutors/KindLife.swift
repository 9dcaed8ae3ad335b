import AulaEngine
import AulaModel

/// What can be done to the things of one kind, whatever their system.
protocol KindLife: Sendable {
    static var kind: ResourceKind { get }

    func create(_ step: Step) async throws -> StepResult
    func update(_ step: Step) async throws -> StepResult
    /// Takes our mark off and leaves the rest.
    func release(_ step: Step) async throws -> StepResult
    func delete(_ step: Step) async throws -> StepResult
    func archive(_ step: Step) async throws -> StepResult
}

extension KindLife {
    func archive(_ step: Step) async throws -> StepResult {
        throw ExecutionError("\(step.change.address) cannot be archived: only projects can")
    }

    func perform(_ step: Step) async throws -> StepResult {
        switch step.change.action {
        case .create: return try await create(step)
        case .update: return try await update(step)
        case .replace:
            _ = try await delete(step)
            return try await create(step)
        case .delete: return try await delete(step)
        case .archive: return try await archive(step)
        case .release: return try await release(step)
        }
    }
}
