import AulaEngine
import AulaModel
import Foundation

/// One attempt to reach the cluster, step by step.
struct SessionOpening: Sendable {
    let number: Int
    let place: KubernetesPlace
    let tools: any ToolRunner
    let transport: any HTTPTransport
    let folder: any PrivateFolder

    private var kubeconfigName: String { "kubeconfig-\(number)" }
    private var socketName: String { "k\(number).sock" }

    func open() async -> Result<ClusterSession, ConnectionFailure> {
        do {
            return .success(try await connect())
        } catch {
            return .failure(ConnectionFailure(error, while: "connecting to \(target)"))
        }
    }

    private func connect() async throws -> ClusterSession {
        // The proxy reads its configuration once, when it starts, and keeps it in memory (client-go's exec plugins
        // as well), so the file is needed no longer than this.
        defer { if place.azure != nil { folder.remove(kubeconfigName) } }
        async let version: Void = KubectlCheck.run(with: tools)
        if let azure = place.azure {
            try await ClusterCredentials(place: azure, tools: tools).write(to: "\(folder.path)/\(kubeconfigName)")
        }
        // Three short programs at once; each takes about 50 ms, which is most of what an unchanged class costs.
        async let coordinates = coordinates()
        async let starting = startProxy()
        do {
            // A missing or too old kubectl must not be reported as anything else.
            try await version
            _ = try await coordinates
        } catch {
            await (try? starting)?.stop()
            folder.remove(socketName)
            throw error
        }
        let (server, certificates) = try await coordinates
        let proxy = try await starting
        let api = KubernetesAPI(endpoint: .unixSocket("\(folder.path)/\(socketName)"), transport: transport)
        do {
            let facts = ClusterFacts(server: server, certificates: certificates, version: try await greet(api))
            return ClusterSession(number: number, api: api, facts: facts, proxy: proxy, socketName: socketName)
        } catch {
            await proxy.stop()
            folder.remove(socketName)
            throw error
        }
    }

    private func startProxy() async throws -> any RunningTool {
        try await tools.start(
            ToolInvocation(
                .kubectl,
                ["proxy"] + configuration
                    + ["--unix-socket=\(folder.path)/\(socketName)", "--append-server-path=true"]),
            readyLine: "Starting to serve")
    }

    /// The server's URL and its certificates, without the credentials that stand beside them.
    private func coordinates() async throws -> (server: String, certificates: String) {
        let fields = "{.clusters[0].cluster.server}{'\\n'}{.clusters[0].cluster.certificate-authority-data}"
        let result = try await tools.run(
            ToolInvocation(
                .kubectl,
                ["config", "view"] + configuration + ["--raw", "--minify", "--flatten", "--output=jsonpath=\(fields)"]))
        let lines = String(decoding: result.output, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard result.status == 0, let server = lines.first, !server.isEmpty else {
            throw ConnectionFailure.unreachable(
                "the kubeconfig names no cluster for \(target): \(result.errorText.firstLine)",
                hint: "check KUBECONFIG and `kubectl config get-contexts`", mayPass: false)
        }
        let certificates = lines.dropFirst().first.flatMap { Data(base64Encoded: String($0)) } ?? Data()
        // GitLab keeps a certificate with exactly one line break at its end; anything else would always differ.
        let text = String(decoding: certificates, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return (String(server), text.isEmpty ? "" : text + "\n")
    }

    /// Proves that the cluster answers and accepts us.
    private func greet(_ api: KubernetesAPI) async throws -> String {
        let answer = try await api.send("GET", "/version")
        if answer.status == 200 {
            return (try? JSON(parsing: answer.body))?["gitVersion"]?.string ?? ""
        }
        let refusal = Refusal(answer)
        switch answer.status {
        case 401:
            throw ConnectionFailure.unreachable(
                "\(target) does not accept the credentials of the kubeconfig", hint: loginHint, mayPass: false)
        case 403:
            throw ConnectionFailure.unreachable(
                "\(target) refuses: \(refusal.message)", hint: "ask whoever runs the cluster for access",
                mayPass: false)
        default:
            throw ConnectionFailure.unreachable(
                "\(target) does not answer (\(refusal.message.firstLine))", hint: silenceHint, mayPass: true)
        }
    }

    private var configuration: [String] {
        switch place {
        case .azure: ["--kubeconfig=\(folder.path)/\(kubeconfigName)"]
        case .context(let name): name.map { ["--context=\($0)"] } ?? []
        }
    }

    private var target: String {
        switch place {
        case .azure(let azure): "the cluster \(azure.cluster.name)"
        case .context(let name): name.map { "the cluster of context \($0)" } ?? "the cluster of the current context"
        }
    }

    private var loginHint: String {
        place.azure == nil ? "log in to the cluster again, or choose another context" : "run `az login`"
    }

    private var silenceHint: String {
        guard let azure = place.azure else { return "check that it runs and that this machine can reach it" }
        return "it may be stopped: `az aks start --subscription \(azure.subscription) --resource-group "
            + "\(azure.resourceGroup) --name \(azure.cluster.name)`"
    }
}
