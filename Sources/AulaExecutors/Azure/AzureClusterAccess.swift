import AulaEngine
import AulaModel

/// A cluster on AKS: its credentials are fetched into a kubeconfig of this run's own.
struct AzureClusterAccess: ClusterAccess {
    let site: AzureSite
    let tools: any ToolRunner

    var isStanding: Bool { false }
    var context: String? { nil }
    var target: String { "the cluster \(site.cluster.name)" }
    var loginHint: String { "run `az login`" }
    var silenceHint: String {
        let start = ShellWord.line([
            "az", "aks", "start", "--subscription", site.subscription, "--resource-group", site.resourceGroup, "--name",
            site.cluster.name,
        ])
        return "it may be stopped: `\(start)`"
    }

    func options(kubeconfig: String) -> [String] { ["--kubeconfig=\(kubeconfig)"] }

    /// Writes the kubeconfig (`az` makes it 0600).
    func fetch(to file: String) async throws {
        let name = "the cluster \(site.cluster.name) in resource group \(site.resourceGroup)"
        let result: ToolResult
        do {
            result = try await tools.run(
                ToolInvocation(
                    .az,
                    [
                        "aks", "get-credentials", "--subscription", site.subscription, "--resource-group",
                        site.resourceGroup, "--name", site.cluster.name, "--file", file, "--overwrite-existing",
                        "--only-show-errors", "--output", "json",
                    ]))
        } catch {
            throw ConnectionFailure(error, while: "fetching the credentials of \(name)")
        }
        guard result.status != 0 else { return }
        throw Self.failure(status: result.status, text: result.errorText, name: name)
    }

    /// Exit status 3 is "not found" (Azure CLI 2.91).
    static func failure(status: Int32, text: String, name: String) -> ConnectionFailure {
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("ERROR: ") }
        let reason = (line.map(String.init) ?? text).firstLine
        let absentCodes = ["(ResourceNotFound)", "(ResourceGroupNotFound)", "(NotFound)"]
        if status == 3, absentCodes.contains(where: text.contains) { return .absent(name) }
        if text.contains("az login") || text.contains("AADSTS") {
            return .unreachable("az is not logged in: \(reason)", hint: "run `az login`", mayPass: false)
        }
        if text.contains("Subscription") && text.contains("not found") {
            return .unreachable(
                reason, hint: "log in to the account that owns it, or correct azure.subscription", mayPass: false)
        }
        if text.contains("(AuthorizationFailed)") {
            return .unreachable(
                "no right to fetch the credentials of \(name)",
                hint: "ask for the role Azure Kubernetes Service Cluster User Role on it", mayPass: false)
        }
        return .unreachable(
            "az could not fetch the credentials of \(name): \(reason)",
            hint: "run `az aks show` on it to see its state", mayPass: true)
    }
}
