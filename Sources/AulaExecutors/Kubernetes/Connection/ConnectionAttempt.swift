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
            throw await missingContext(result.errorText.firstLine)
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

    /// A kubeconfig without a cluster for us, with the contexts that it has.
    private func missingContext(_ reason: String) async -> ConnectionFailure {
        let asked = try? await tools.run(ToolInvocation(.kubectl, ["config", "get-contexts", "--output=name"]))
        let names = String(decoding: asked?.output ?? Data(), as: UTF8.self).split(whereSeparator: \.isNewline)
            .map(String.init)
        guard access.isStanding, !names.isEmpty else {
            return .unreachable(
                "the kubeconfig names no cluster for \(target): \(reason)",
                hint: "set KUBECONFIG to the file that your cluster came with", mayPass: false)
        }
        guard let wanted = access.context, !names.contains(wanted) else {
            return .unreachable(
                "the kubeconfig names no cluster for \(target): \(reason)",
                hint: "choose one with `kubectl config use-context NAME`: \(names.joined(separator: ", "))",
                mayPass: false)
        }
        return .unreachable(
            "the kubeconfig has no context \(wanted)",
            hint: Spelling.hint(for: wanted, among: names) ?? "it has \(names.joined(separator: ", "))", mayPass: false)
    }

    /// The program that the kubeconfig has its credentials from; nil for none.
    private func plugin() async -> String? {
        let asked = try? await tools.run(
            ToolInvocation(
                .kubectl,
                ["config", "view"] + configuration + ["--minify", "--output=jsonpath={.users[0].user.exec.command}"]))
        return asked.map { String(decoding: $0.output, as: UTF8.self) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// So long a cluster may think about its version, and a program about credentials.
    private static let patience = Duration.seconds(20)

    /// Proves that the cluster answers and accepts us.
    private func greet(_ api: KubernetesAPI) async throws -> String {
        let answer: APIResponse
        do {
            answer = try await api.send("GET", "/version", timeout: Self.patience)
        } catch TransportError.timedOut(let limit) {
            let plugin = await plugin()
            throw ConnectionFailure.unreachable(
                plugin.map { "\($0), which gives the credentials for \(target), does not end" }
                    ?? "\(target) does not answer within \(limit.components.seconds) s",
                hint: plugin == nil
                    ? access.silenceHint
                    : "`kubectl get namespaces` shows what it waits for; log in, then run aula again",
                mayPass: false)
        }
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
            let reason = refusal.message.firstLine
            if reason.contains("x509: certificate has expired or is not yet valid") {
                let times = reason.split(separator: "current time").last ?? ""
                throw ConnectionFailure.unreachable(
                    "the certificate of \(target) is not valid now: this machine's clock says\(times)",
                    hint: "set the clock; where it is right, the cluster needs a new certificate", mayPass: false)
            }
            throw ConnectionFailure.unreachable(
                "\(target) does not answer (\(reason))", hint: access.silenceHint, mayPass: true)
        }
    }

    private var kubeconfig: String { "\(folder.path)/\(kubeconfigName)" }
    private var configuration: [String] { access.options(kubeconfig: kubeconfig) }
    private var target: String { access.target }
}
