import AulaEngine
import AulaModel
import Testing

@testable import AulaExecutors

/// Clusters that cannot be read, or not whole.
extension ObservationTests {
    @Test func `a kind that the cluster does not know is an error with the next step`() async {
        empty()
        transport.on("GET /apis/example.com/v1", 404)
        let observation = await observe([Memo2.resource(of: "example.com/v1", "Widget", "n", "w")])
        #expect(
            observation.notices.map(\.message) == [
                "kubernetes/Widget/n/w: the cluster knows no Widget in example.com/v1"
            ])
    }

    @Test func `an absent cluster holds nothing, an unreachable one is unknown`() async {
        let tools = ScriptedKubectl()
        let site = KubernetesSite.azure(Memo2.azure)
        let executor = Memo2.executor(transport, tools: tools, site: site)
        let request = ObservationRequest(blueprint: Memo2.blueprint(site: site))
        tools.change { $0.credentials = ToolResult(status: 3, errorText: "ERROR: (ResourceNotFound) no") }
        #expect(await executor.observe(request).gaps.isEmpty)
        tools.change { $0.credentials = ToolResult(status: 1, errorText: "ERROR: Please run 'az login'") }
        let gaps = await executor.observe(request).gaps
        #expect(gaps.map(\.part) == [.system(.kubernetes)])
        #expect(gaps.first?.text == "az is not logged in: Please run 'az login': run `az login`")
    }

    @Test func `a proxy that died is started again`() async {
        empty(except: ["/api/v1/configmaps"])
        transport.on(
            "GET /api/v1/configmaps", { _ in throw TransportError.cannotConnect("refused") }, { _ in .list([]) })
        let tools = ScriptedKubectl()
        let observation = await Memo2.executor(transport, tools: tools).observe(
            ObservationRequest(blueprint: Memo2.blueprint()))
        #expect(observation.gaps.isEmpty)
        #expect(tools.lines.count { $0.hasPrefix("kubectl proxy") } == 2)
        #expect(tools.running == 1)
    }
}
