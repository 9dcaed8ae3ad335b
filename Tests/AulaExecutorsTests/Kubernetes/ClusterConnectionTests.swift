import AulaEngine
import AulaModel
import AulaTestSupport
import Foundation
import Testing

@testable import AulaExecutors

@Suite(.timeLimit(.minutes(1))) struct ClusterConnectionTests {
    private let transport = ScriptedCluster()
    private let tools = ScriptedKubectl()
    private let folder = RecordedFolder()

    private func connection(_ site: KubernetesSite = .context("kind")) -> ClusterConnection {
        ClusterConnection(site.access(with: tools), tools: tools, transport: transport, folder: folder)
    }

    private func failure(_ connection: ClusterConnection) async throws -> ConnectionFailure {
        try await #require(throws: ConnectionFailure.self) { _ = try await connection.connected() }
    }

    @Test func `all who ask at once share one proxy and one question for the address`() async throws {
        transport.on("GET /version", 200, ["gitVersion": "v1.36.0-sandbox"])
        let connection = connection()
        let addresses = await withTaskGroup(of: ClusterAddress?.self) { group in
            for _ in 0..<8 { group.addTask { try? await connection.address() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let expected = ClusterAddress(server: "https://127.0.0.1:6443", certificates: "PEM\n")
        #expect(addresses.count == 8)
        #expect(addresses.allSatisfy { $0 == expected })
        #expect(try await connection.connected().version == "v1.36.0-sandbox")
        #expect(tools.lines.count { $0.hasPrefix("kubectl proxy") } == 1)
        #expect(tools.lines.count { $0.hasPrefix("kubectl config view") } == 1)
        #expect(transport.requests.first?.headers["Host"] == "localhost")
        await connection.close()
        #expect(tools.running == 0)
        #expect(folder.removed == ["k1.sock"])
    }

    @Test(
        "a way to the cluster that only kubectl can go is named",
        arguments: [
            ("\n\nfalse", nil), ("\n\n", nil), ("http://user:secret@proxy:3128\n\nfalse", "proxy-url"),
            ("\nk8s.school.example\ntrue", "tls-server-name and insecure-skip-tls-verify"),
        ])
    func detours(lines: String, fields: String?) async throws {
        transport.on("GET /version", 200)
        tools.change { $0.detours = lines }
        let address = try await connection().address()
        #expect(address.server == "https://127.0.0.1:6443")
        #expect(address.obstacle == fields.map { "the kubeconfig uses \($0), which aula does not follow" })
    }

    @Test func `a proxy that was started early is asked nothing before it is needed`() async throws {
        transport.on("GET /version", 200)
        let connection = connection()
        await connection.prepare()
        await connection.prepare()
        try await waitUntil("the proxy runs") { tools.running > 0 }
        #expect(transport.requests.isEmpty)
        _ = try await connection.connected()
        await connection.prepare()
        #expect(transport.requests.map(\.path) == ["/version"])
        #expect(tools.lines.count == 1)
        await connection.close()
        #expect(tools.running == 0)
    }

    @Test func `a proxy that nobody needed ends as well`() async throws {
        let connection = connection()
        await connection.prepare()
        await connection.close()
        #expect(tools.running == 0)
        #expect(folder.removed == ["k1.sock"])
        #expect(transport.requests.isEmpty)
    }

    @Test func `nothing is started early for an Azure cluster, whose credentials come first`() async throws {
        let connection = connection(.azure(Memo2.azure))
        await connection.prepare()
        await connection.close()
        #expect(tools.lines.isEmpty)
    }

    @Test func `a context is named in every call`() async throws {
        transport.on("GET /version", 200)
        _ = try await connection(.context("school")).address()
        #expect(
            tools.lines.contains(
                "kubectl proxy --context=school --unix-socket=/private/k1.sock --append-server-path=true"))
        #expect(tools.lines.contains { $0.hasPrefix("kubectl config view --context=school --raw --minify") })
        #expect(!tools.lines.contains { $0.hasPrefix("az") })
    }

    @Test func `an Azure cluster is reached with a kubeconfig of the run's own, which goes at once`() async throws {
        transport.on("GET /version", 200)
        let connection = connection(.azure(Memo2.azure))
        _ = try await connection.connected()
        // Read before the file goes.
        #expect(tools.lines.last?.hasPrefix("kubectl config view --kubeconfig=/private/kubeconfig-1") == true)
        #expect(
            tools.lines.first { $0.hasPrefix("az") }
                == "az aks get-credentials --subscription sub --resource-group memo2 --name c1 "
                + "--file /private/kubeconfig-1 --overwrite-existing --only-show-errors --output json")
        #expect(tools.lines.contains { $0.hasPrefix("kubectl proxy --kubeconfig=/private/kubeconfig-1") })
        #expect(folder.removed == ["kubeconfig-1"])
        #expect(try await connection.address().server == "https://127.0.0.1:6443")
        #expect(tools.lines.count { $0.hasPrefix("kubectl config view") } == 1)
    }

    @Test func `a run that only looks starts one program`() async throws {
        transport.on("GET /version", 200)
        _ = try await connection().connected()
        #expect(tools.lines.count == 1)
    }

    @Test(
        "az says what is wrong",
        arguments: [
            (3, "ERROR: (ResourceNotFound) The Resource was not found.", "absent"),
            (3, "ERROR: (ResourceGroupNotFound) Resource group 'memo2' could not be found.", "absent"),
            (1, "ERROR: Please run 'az login' to setup account.", "az is not logged in"),
            (1, "ERROR: AADSTS7000215: Invalid client secret provided.", "az is not logged in"),
            (1, "ERROR: Subscription 'sub' not found. Check the spelling.", "Subscription 'sub' not found"),
            (1, "ERROR: (AuthorizationFailed) The client has no authorization.", "no right to fetch"),
            (1, "WARNING: x\nERROR: (Conflict) still creating", "(Conflict) still creating"),
        ] as [(Int32, String, String)])
    func azure(status: Int32, text: String, expected: String) async throws {
        tools.change { $0.credentials = ToolResult(status: status, errorText: text) }
        switch try await failure(connection(.azure(Memo2.azure))) {
        case .absent: #expect(expected == "absent")
        case .unreachable(let reason, let hint, _):
            #expect(reason.contains(expected))
            #expect(!hint.isEmpty)
        }
        #expect(tools.running == 0)
    }

    @Test(arguments: [404, 502]) func `an old kubectl explains a proxy that does not serve`(status: Int) async throws {
        transport.on("GET /version", status)
        tools.change { $0.version = #"{"clientVersion":{"gitVersion":"v1.20.2"}}"# }
        guard case .unreachable(let reason, let hint, _) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(reason == "kubectl 1.20 is too old; aula needs 1.28 or newer")
        #expect(hint.contains("AULA_KUBECTL"))
    }

    @Test func `an old kubectl explains a proxy that does not start`() async throws {
        tools.change {
            $0.proxyFails = ToolError.endedEarly(.kubectl, "unknown flag: --append-server-path")
            $0.version = #"{"clientVersion":{"gitVersion":"v1.20.2"}}"#
        }
        guard case .unreachable(let reason, _, _) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(reason == "kubectl 1.20 is too old; aula needs 1.28 or newer")
    }

    @Test func `a missing kubectl is named`() async throws {
        tools.change { $0.kubectl = ToolError.notFound(.kubectl, tried: "kubectl") }
        guard case .unreachable(let reason, _, _) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(reason == "kubectl was not found (tried kubectl)")
    }

    @Test func `a cluster that does not answer leaves no proxy behind, and is asked again next time`() async throws {
        transport.on(
            "GET /version",
            { _ in APIResponse(status: 502, body: Data("error trying to reach service: no such host".utf8)) },
            { _ in .object(200, ["gitVersion": "v1.36.0"]) })
        let connection = connection(.azure(Memo2.azure))
        guard case .unreachable(let reason, let hint, let mayPass) = try await failure(connection) else {
            Issue.record("absent")
            return
        }
        #expect(reason == "the cluster c1 does not answer (error trying to reach service: no such host)")
        #expect(hint.contains("az aks start"))
        #expect(mayPass)
        #expect(tools.running == 0)
        #expect(try await connection.connected().version == "v1.36.0")
    }

    @Test func `a kubeconfig without that context is no connection`() async throws {
        transport.on("GET /version", 502)
        tools.change { $0.server = "" }
        guard case .unreachable(let reason, _, _) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(reason.contains("the cluster of context kind"))
        #expect(tools.running == 0)
    }

    @Test func `a context that is missing is said with those that there are`() async throws {
        transport.on("GET /version", 502)
        tools.change { ($0.server, $0.contexts) = ("", ["school", "work"]) }
        guard case .unreachable(let reason, let hint, _) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(reason == "the kubeconfig has no context kind")
        #expect(hint == "it has school, work")
    }

    @Test func `a clock that is a year off is named before the certificate`() async throws {
        let text =
            "tls: failed to verify certificate: x509: certificate has expired or is not yet valid: "
            + "current time 2027-11-24T09:00:00Z is after 2027-01-01T00:00:00Z"
        transport.on("GET /version") { _ in APIResponse(status: 502, body: Data(text.utf8)) }
        guard case .unreachable(let reason, let hint, let mayPass) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(
            reason == "the certificate of the cluster of context kind is not valid now: this machine's clock says "
                + "2027-11-24T09:00:00Z is after 2027-01-01T00:00:00Z")
        #expect(hint.hasPrefix("set the clock"))
        #expect(!mayPass)
    }

    @Test(arguments: ["", "kubelogin"])
    func `a program for credentials that never ends is named after 20 seconds`(plugin: String) async throws {
        transport.on("GET /version") { request in
            #expect(request.timeout == .seconds(20))
            throw TransportError.timedOut(after: request.timeout)
        }
        tools.change { $0.plugin = plugin }
        guard case .unreachable(let reason, _, let mayPass) = try await failure(connection()) else {
            Issue.record("absent")
            return
        }
        #expect(
            reason
                == (plugin.isEmpty
                    ? "the cluster of context kind does not answer within 20 s"
                    : "kubelogin, which gives the credentials for the cluster of context kind, does not end"))
        #expect(!mayPass)
        #expect(tools.running == 0)
    }
}
