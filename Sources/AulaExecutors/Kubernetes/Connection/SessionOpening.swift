import AulaEngine
import AulaModel
import Foundation

/// One attempt to reach the cluster, step by step.
struct SessionOpening: Sendable {
    let number: Int
    let site: KubernetesSite
    let tools: any ToolRunner
    let transport: any HTTPTransport
    let folder: any PrivateFolder

    private var kubeconfigName: String { "kubeconfig-\(number)" }
    var socketName: String { "k\(number).sock" }

    /// Opens the way to the cluster, with a proxy that is on its way already or with one of its own.
    func open(_ prepared: Task<any RunningTool, any Error>? = nil) async -> Result<ClusterSession, ConnectionFailure> {
        do {
            return .success(try await connect(prepared))
        } catch {
            return .failure(ConnectionFailure(error, while: "connecting to \(target)"))
        }
    }

    private func connect(_ prepared: Task<any RunningTool, any Error>?) async throws -> ClusterSession {
        // The proxy reads its configuration once, when it starts, and keeps it in memory (client-go's exec plugins
        // as well), so the file is needed no longer than this.
        defer { if site.azure != nil { folder.remove(kubeconfigName) } }
        if let azure = site.azure {
            try await ClusterCredentials(site: azure, tools: tools).write(to: "\(folder.path)/\(kubeconfigName)")
        }
        let proxy: any RunningTool
        do {
            proxy = if let prepared { try await prepared.value } else { try await startProxy() }
        } catch {
            throw await explanation(of: error)
        }
        do {
            let api = KubernetesAPI(endpoint: .unixSocket("\(folder.path)/\(socketName)"), transport: transport)
            let version = try await greet(api)
            // Of a kubeconfig that stays, kubectl is asked only when somebody wants to know.
            let address = site.azure == nil ? nil : try await address()
            return ClusterSession(
                number: number, api: api, version: version, address: address, proxy: proxy, socketName: socketName)
        } catch {
            await proxy.stop()
            folder.remove(socketName)
            throw await explanation(of: error)
        }
    }

    /// Why a proxy did not start or serve, where more can be said than it said itself.
    ///
    /// kubectl is missing or too old, or the kubeconfig names no cluster. Asked only now, since each of the two
    /// questions takes 50 ms.
    private func explanation(of error: any Error) async -> any Error {
        do {
            try await KubectlCheck.run(with: tools)
            if site.azure == nil { _ = try await address() }
            return error
        } catch let cause {
            return cause
        }
    }

    func startProxy() async throws -> any RunningTool {
        try await tools.start(
            ToolInvocation(
                .kubectl,
                ["proxy"] + configuration
                    + ["--unix-socket=\(folder.path)/\(socketName)", "--append-server-path=true"]),
            readyLine: "Starting to serve")
    }

    /// The server's URL and its certificates, without the credentials that stand beside them.
    ///
    /// - Throws: `ConnectionFailure`.
    func address() async throws -> ClusterAddress {
        let fields = (["server", "certificate-authority-data"] + ClusterAddress.detourFields)
            .map { "{.clusters[0].cluster.\($0)}" }.joined(separator: "{'\\n'}")
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
        let detours = zip(ClusterAddress.detourFields, lines.dropFirst(2)).filter { !["", "false"].contains($1) }
        return ClusterAddress(
            server: String(server), certificates: text.isEmpty ? "" : text + "\n", detours: detours.map(\.0))
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
        switch site {
        case .azure: ["--kubeconfig=\(folder.path)/\(kubeconfigName)"]
        case .context(let name): name.map { ["--context=\($0)"] } ?? []
        }
    }

    private var target: String {
        switch site {
        case .azure(let azure): "the cluster \(azure.cluster.name)"
        case .context(let name): name.map { "the cluster of context \($0)" } ?? "the cluster of the current context"
        }
    }

    private var loginHint: String {
        site.azure == nil ? "log in to the cluster again, or choose another context" : "run `az login`"
    }

    private var silenceHint: String {
        guard let azure = site.azure else { return "check that it runs and that this machine can reach it" }
        return "it may be stopped: `az aks start --subscription \(azure.subscription) --resource-group "
            + "\(azure.resourceGroup) --name \(azure.cluster.name)`"
    }
}
