import AulaEngine
import AulaModel
import Foundation

/// One attempt to reach the cluster, step by step.
struct ConnectionAttempt: Sendable {
    let number: Int
    let site: String?
    let access: any ClusterAccess
    let tools: any ToolRunner
    let transport: any HTTPTransport
    let folder: any PrivateFolder

    private var kubeconfigName: String { "kubeconfig-\(label)\(number)" }
    var socketName: String { "k\(label)\(number).sock" }
    private var label: String { site.map { "\($0)-" } ?? "" }

    /// Opens the way to the cluster, with a proxy that is on its way already or with one of its own.
    func open(_ prepared: Task<any RunningTool, any Error>? = nil) async -> Result<ConnectedCluster, ConnectionFailure>
    {
        do {
            return .success(try await connect(prepared))
        } catch {
            return .failure(ConnectionFailure(error, while: "connecting to \(target)"))
        }
    }

    private func connect(_ prepared: Task<any RunningTool, any Error>?) async throws -> ConnectedCluster {
        // The proxy reads its configuration once, when it starts, and keeps it in memory (client-go's exec plugins
        // as well), so the file is needed no longer than this.
        defer { if !access.isStanding { folder.remove(kubeconfigName) } }
        try await access.fetch(to: kubeconfig)
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
            let address = access.isStanding ? nil : try await address()
            return ConnectedCluster(
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
            if access.isStanding { _ = try await address() }
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
        let fields =
            (["server", "certificate-authority-data"] + ClusterAddress.detourFields)
            .map { "{.clusters[0].cluster.\($0)}" }.joined(separator: "{'\\n'}")
            + "{'\\n'}{.current-context}{'\\n'}{.clusters[0].name}"
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
        var address = ClusterAddress(
            server: String(server), certificates: text.isEmpty ? "" : text + "\n", detours: detours.map(\.0))
        let names = lines.dropFirst(2 + ClusterAddress.detourFields.count).map(String.init)
        address.context = names.first ?? ""
        address.cluster = names.dropFirst().first ?? ""
        return address
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
                "\(target) does not accept the credentials of the kubeconfig", hint: access.loginHint, mayPass: false)
        case 403:
            throw ConnectionFailure.unreachable(
                "\(target) refuses: \(refusal.message)", hint: "ask whoever runs the cluster for access",
                mayPass: false)
        default:
            throw ConnectionFailure.unreachable(
                "\(target) does not answer (\(refusal.message.firstLine))", hint: access.silenceHint, mayPass: true)
        }
    }

    private var kubeconfig: String { "\(folder.path)/\(kubeconfigName)" }
    private var configuration: [String] { access.options(kubeconfig: kubeconfig) }
    private var target: String { access.target }
}
