import AulaEngine
import AulaModel

/// A kind of things on Azure of which a class has one, with its whole life.
///
/// To add a kind, write its file in this folder and its line in `AzureKinds`.
protocol AzureKind: KindLife {
    var client: AzureClient { get }
    var address: Address { get }
    init(_ session: AzureSession)

    /// Nil when it is proved absent.
    func show() async throws -> JSON?
    /// What was shown, in the spelling of what is desired where both mean the same.
    func observed(_ json: JSON, desired: JSON?) -> Observed
    func notices(of observed: Observed) -> [Diagnostic]
}

/// What a kind works with.
struct AzureSession: Sendable {
    let site: AzureSite
    let client: AzureClient
    let patience: AzurePatience

    var group: Address { .resourceGroup(site.resourceGroup) }
}

/// The kinds of things that aula knows on Azure.
enum AzureKinds {
    /// The resource group holds the others.
    static let all: [any AzureKind.Type] = [
        AzureGroup.self,
        AzureCluster.self,
    ]
}

extension AzureKind {
    func notices(of observed: Observed) -> [Diagnostic] { [] }

    func observe(_ blueprint: Blueprint) async -> Observation {
        do {
            guard let json = try await show() else { return Observation() }
            let observed = observed(json, desired: blueprint[address]?.body)
            return Observation(present: [address: observed], notices: notices(of: observed))
        } catch {
            let error = error as? ExecutionError
            return Observation(
                gaps: [.init(.thing(address), reason: error?.message ?? "interrupted", hint: error?.hint)])
        }
    }

    func release(_ step: Step) async throws -> StepResult {
        guard let observed = step.change.observed else { return StepResult(wasDone: true) }
        try await client.removeTags(of: observed.identity, having: observed.attributes["tags"])
        return StepResult()
    }
}
