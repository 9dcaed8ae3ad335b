import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct WatchTests {
    /// The events of a watch that ends by itself, opened before `change`.
    private func events(_ query: String, headers: [String: String] = [:], change: (Cluster) async -> Void) async throws
        -> [JSON]
    {
        let cluster = Cluster()
        await cluster.send("POST", "/api/v1/namespaces/default/configmaps", ["metadata": ["name": "old"]])
        var all = ["authorization": "Bearer admin"]
        all.merge(headers) { $1 }
        let parameters = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let request = SandboxRequest(
            method: "GET", path: "/api/v1/namespaces/default/configmaps",
            query: [(name: "watch", value: "true"), (name: "timeoutSeconds", value: "1")]
                + parameters.map { (name: $0[0], value: $0[1]) }, headers: all)
        let response = await cluster.machine.respond(to: request, now: cluster.now)
        guard case .stream(let stream) = response.body else { return [] }
        await change(cluster)
        await cluster.wait(1.5)
        var text = ""
        for await data in stream { text += String(decoding: data, as: UTF8.self) }
        return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    }

    private func kinds(_ events: [JSON]) -> [String] {
        events.map { "\($0["type"]?.string ?? "") \($0[["object", "metadata", "name"]]?.string ?? "")" }
    }

    @Test func `a watch tells what is there, what changes and what goes`() async throws {
        let found = try await events(
            "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&fieldSelector=metadata.name=old"
        ) { cluster in
            let path = "/api/v1/namespaces/default/configmaps"
            await cluster.send("POST", path, ["metadata": ["name": "unseen"]])
            await cluster.send("PATCH", path + "/old", ["data": ["a": "b"]], type: "application/merge-patch+json")
            await cluster.send("DELETE", path + "/old")
        }
        #expect(kinds(found) == ["ADDED old", "BOOKMARK ", "MODIFIED old", "DELETED old"])
        #expect(found[1][["object", "metadata", "annotations", "k8s.io/initial-events-end"]] == "true")
    }

    @Test func `a watch of rows tells its columns once`() async throws {
        let table = ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"]
        let found = try await events("resourceVersion=0", headers: table) { cluster in
            await cluster.send("DELETE", "/api/v1/namespaces/default/configmaps/old")
        }
        let last = found.filter { $0[["object", "kind"]] == "Table" }
        #expect(last.first?[["object", "columnDefinitions"]]?.array?.count == 3)
        #expect(last.last?[["object", "columnDefinitions"]] == .null)
    }

    @Test func `a version from before the history is too old`() async throws {
        let found = try await events("resourceVersion=1") { _ in }
        #expect(found.first?["type"] == "ERROR")
        #expect(found.first?[["object", "code"]] == 410)
    }
}
