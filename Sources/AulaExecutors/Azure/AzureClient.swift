import AulaEngine
import AulaModel
import Foundation

/// Calls `az` in one subscription, and reads its answers.
///
/// A call costs about a second of processor time, so there are few. `az` itself tries again after 429 and 5xx
/// (three times, or as long as the service asks).
struct AzureClient: Sendable {
    let subscription: String
    let tools: any ToolRunner

    /// What the service said.
    enum Answer: Sendable {
        case found(JSON)
        /// Exit status 3 with a code that says that the very thing, or its resource group, is not there.
        case absent
    }

    /// - Throws: `ExecutionError` with the next step.
    func call(_ arguments: [String], timeout: Duration = .seconds(300)) async throws -> Answer {
        let invocation = ToolInvocation(
            .az, arguments + ["--subscription", subscription, "--only-show-errors", "--output", "json"],
            timeout: timeout)
        let result: ToolResult
        do {
            result = try await tools.run(invocation)
        } catch let error as ToolError {
            throw AzureFailure.error(error, doing: arguments)
        }
        guard result.status != 0 else {
            guard !result.output.isEmpty else { return .found(.null) }
            guard let json = try? JSON(parsing: result.output) else {
                throw ExecutionError("az \(Self.name(arguments)) did not answer in JSON")
            }
            return .found(json)
        }
        if result.status == 3, AzureFailure.provesAbsence(result.errorText) { return .absent }
        if result.status == 2 { throw await misunderstanding(arguments, result.errorText) }
        throw AzureFailure.error(result.errorText, doing: Self.name(arguments), subscription: subscription)
    }

    /// An option that `az` does not know is most often an `az` that is too old; only then is its version asked for.
    private func misunderstanding(_ arguments: [String], _ text: String) async -> ExecutionError {
        let oldest = Tool.az.oldest
        if let answer = try? await tools.run(Tool.az.versionInvocation),
            let version = (try? JSON(parsing: answer.output)).flatMap({ Tool.az.version(in: $0) }), version < oldest
        {
            return ExecutionError(
                "az is version \(version), and aula needs \(oldest) or newer", hint: "run `az upgrade`, or `make tools`"
            )
        }
        return ExecutionError("az does not understand `az \(Self.name(arguments))`: \(AzureFailure.reason(text))")
    }

    /// The words of a command before its options: `aks create`.
    static func name(_ arguments: [String]) -> String {
        arguments.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
    }
}
