import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Testing

@testable import AulaExecutors

/// What others have in our cluster.
extension SandboxClusterTests {
    @Test func `an adopted object is marked, and un-marked at the end without losing anything`() async throws {
        _ = try await executor.perform(Memo2.step(.create, Self.classroom[2]))
        let path = "/api/v1/namespaces/memo2-g1-test/configmaps"
        await cluster.someone(
            "POST", path, ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "app"], "data": ["X": "y"]])
        let resource = Self.classroom[6]
        let theirs = try #require(await observe().present[resource.address])
        #expect(theirs.mark == nil)
        #expect(theirs.managers.map(\.name) == ["kubectl-create"])
        _ = try await executor.perform(Memo2.step(.update, resource, observed: theirs))
        let adopted = try #require(await observe().present[resource.address])
        #expect(adopted.mark?.origin == .adopted)
        _ = try await executor.perform(Memo2.ending(.release, resource.address, adopted))
        let released = try await live(path + "/app")
        #expect(released["data"] == ["X": "y", "LOG_LEVEL": "info"])
        #expect(released["metadata"]?["labels"] == nil)
        #expect(released["metadata"]?["annotations"] == nil)
    }

    @Test func `what others keep in our namespaces is found, what the cluster itself puts there is not`() async throws {
        _ = try await provision()
        let namespace = "/api/v1/namespaces/memo2-g1-test"
        await cluster.someone(
            "POST", namespace + "/configmaps",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "notes"], "data": ["a": "b"]])
        await cluster.someone(
            "POST", namespace + "/configmaps", manager: "gitlab-deployer",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "deployed"], "data": ["a": "b"]])
        await cluster.someone(
            "POST", namespace + "/services",
            [
                "apiVersion": "v1", "kind": "Service",
                "metadata": ["name": "web", "labels": ["aula.dev/id": "other", "aula.dev/cohort": "memo2"]],
                "spec": ["ports": [["port": 80]]],
            ])
        await cluster.someone(
            "POST", "/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "mine"]])
        cluster.forgetRequests()
        let observation = await observe(purpose: .destroy, foreign: true)
        #expect(observation.gaps.isEmpty)
        let container = Address.namespace("memo2-g1-test")
        let found = observation.foreign.sorted { $0.address < $1.address }
        #expect(
            found.map(\.address.text) == [
                "kubernetes/ConfigMap/memo2-g1-test/deployed", "kubernetes/ConfigMap/memo2-g1-test/notes",
                "kubernetes/Service/memo2-g1-test/web",
            ])
        #expect(
            found.map(\.owner) == [
                "a pipeline of the students", "made with kubectl-create", "cohort memo2, id other",
            ])
        #expect(found.map(\.byDeployer) == [true, false, false])
        #expect(found.allSatisfy { $0.container == container })
        #expect(cluster.writes.isEmpty)
    }

    @Test func `in a cluster of our own a foreign namespace counts, in one that was there before it does not`()
        async throws
    {
        await cluster.someone(
            "POST", "/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "mine"]])
        var azure = Memo2.azure
        for (existing, expected) in [([], ["kubernetes/Namespace/mine"]), (["cluster"], [])]
            as [(Set<String>, [String])]
        {
            azure.existing = existing
            let observation = await Memo2.executor(cluster, site: .azure(azure)).observe(
                ObservationRequest(
                    blueprint: Memo2.blueprint(site: .azure(azure)), purpose: .destroy, includesForeign: true))
            #expect(observation.gaps.isEmpty)
            #expect(observation.foreign.map(\.address.text) == expected)
            #expect(observation.foreign.allSatisfy { $0.container == Address(.azure("cluster"), "memo2/c1") })
        }
    }

    @Test func `a token controller that takes 20 seconds is waited for`() async throws {
        var settings = ClusterSettings()
        settings.tokenDelaySeconds = 20
        let slow = SandboxCluster(settings: settings)
        let executor = Memo2.executor(slow, patience: slow.patience)
        for resource in Self.classroom[2...3] { _ = try await executor.perform(Memo2.step(.create, resource)) }
        let result = try await executor.perform(Memo2.step(.create, Self.classroom[4]))
        #expect(result.outputs["token"]?.isEmpty == false)
    }
}
