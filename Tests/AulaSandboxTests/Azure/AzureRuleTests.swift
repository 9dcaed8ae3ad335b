import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct AzureRuleTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var name: String
        var body: JSON
        var status: Int
        var code: String
        var says: String

        var testDescription: String { name }
    }

    static let refusals: [Refusal] = [
        Refusal(
            name: "unknown location", body: AzureClient.body(location: "mars"), status: 400,
            code: "LocationNotAvailableForResourceType", says: "'mars' is not available"),
        Refusal(
            name: "unknown size", body: AzureClient.body(size: "Standard_X1"), status: 400, code: "BadRequest",
            says: "The VM size of Standard_X1 is not allowed"),
        Refusal(
            name: "quota", body: AzureClient.body(count: 6), status: 400, code: "ErrCode_InsufficientVCPUQuota",
            says: "Insufficient vcpu quota requested 12, remaining 6 for family standardBSFamily for region westus."),
    ]

    @Test(arguments: refusals) func `a cluster that cannot be is refused before anything is made`(
        _ refusal: Refusal
    ) async throws {
        var azure = try await AzureClient(settings: AzureSettings(quotas: ["standardBSFamily": 10]))
        try await azure.makeCluster("other")
        let answer = await azure.send("PUT", azure.cluster("c"), refusal.body)
        #expect(answer.status == refusal.status && answer.code == refusal.code)
        #expect(answer.message.contains(refusal.says), "\(answer.message)")
        #expect(await azure.send("GET", azure.cluster("c")).status == 404)
    }

    @Test func `a wrong secret is AADSTS7000215 and another application AADSTS700016`() async throws {
        let azure = try await AzureClient()
        let wrong = await azure.login(secret: "wrong")
        #expect(wrong.status == 401 && wrong.body["error_codes"] == [7_000_215])
        let form = Data("client_id=x&grant_type=client_credentials&client_secret=y".utf8)
        let unknown = await azure.send("POST", "/\(azure.settings.tenant)/oauth2/v2.0/token", form: form)
        #expect(unknown.body["error_description"]?.string?.hasPrefix("AADSTS700016: ") == true)
    }

    @Test func `without a token nothing is told`() async throws {
        var azure = try await AzureClient()
        azure.token = "stolen"
        let answer = await azure.send("GET", "/subscriptions")
        #expect(answer.status == 401 && answer.code == "InvalidAuthenticationToken")
    }

    @Test func `a group exists once, in any case of its name, and stays where it is`() async throws {
        let azure = try await AzureClient()
        let path = "\(azure.root)/resourcegroups"
        #expect(await azure.send("HEAD", "\(path)/memo2").status == 404)
        #expect(await azure.send("PUT", "\(path)/memo2", ["location": "westus", "tags": ["a": "b"]]).status == 201)
        #expect(await azure.send("HEAD", "\(path)/MEMO2").status == 204)
        let again = await azure.send("PUT", "\(path)/MEMO2", ["location": "West US"])
        #expect(again.status == 200 && again.body["name"] == "memo2" && again.body["tags"] == [:])
        let moved = await azure.send("PUT", "\(path)/memo2", ["location": "eastus"])
        #expect(moved.status == 409 && moved.code == "InvalidResourceGroupLocation")
        let mars = await azure.send("PUT", "\(path)/m", ["location": "mars"])
        #expect(mars.status == 400 && mars.code == "LocationNotAvailableForResourceGroup")
        let tagged = await azure.send("PUT", "\(path)/t", ["location": "westus", "tags": ["a/b": "c"]])
        #expect(tagged.code == "InvalidTagNameCharacters")
    }

    @Test func `a cluster goes through its states and the host follows`() async throws {
        var azure = try await AzureClient()
        await azure.send("PUT", "\(azure.root)/resourcegroups/memo2", ["location": "westus"])
        let path = azure.cluster("c")
        let made = await azure.send("PUT", path, AzureClient.body())
        #expect(made.status == 201 && made.state == "Creating")
        #expect(Int(made.headers["Retry-After"] ?? "") == 1, "the SDK reads the first one as an integer")
        let poll = try #require(made.headers["Azure-AsyncOperation"]).replacing("https://localhost:18443", with: "")
        let early = await azure.send("GET", poll)
        #expect(early.body["status"] == "InProgress" && Double(early.headers["Retry-After"] ?? "") == 0.3)
        let conflict = await azure.send("PUT", path, AzureClient.body(count: 3))
        #expect(conflict.status == 409 && conflict.message.contains("Another operation (Creating)"))
        #expect(await azure.send("POST", "\(path)/listClusterUserCredential").status == 409)
        azure.now += 2
        #expect(await azure.send("GET", poll).body["status"] == "Succeeded")
        #expect(await azure.send("GET", path).state == "Succeeded")
        let credentials = await azure.send("POST", "\(path)/listClusterUserCredential")
        let config = credentials.body["kubeconfigs"]?[0]?["value"]?.string.flatMap { Data(base64Encoded: $0) }
        #expect(config.map { String(decoding: $0, as: UTF8.self) }?.hasSuffix("managedClusters/c") == true)

        let stop = await azure.send("POST", "\(path)/stop")
        #expect(stop.status == 202 && stop.headers["Location"] != nil)
        #expect(await azure.send("GET", path).state == "Stopping")
        azure.now += 2
        let stopped = await azure.send("GET", path)
        #expect(stopped.body[["properties", "powerState", "code"]] == "Stopped")
        let refused = await azure.send("PUT", path, stopped.body)
        #expect(refused.status == 409 && refused.message.contains("stopped state"))
        #expect(await azure.send("POST", "\(path)/start").status == 202)
        azure.now += 2
        #expect(await azure.send("DELETE", path).status == 202)
        #expect(await azure.send("GET", path).state == "Deleting")
        azure.now += 2
        #expect(await azure.send("GET", path).status == 404)
        #expect(await azure.send("DELETE", path).status == 204)
        #expect(await azure.host.told == ["created c 2 Standard_B2s", "scaled 2", "stopped", "started", "deleted"])
    }

    @Test func `a failing creation says why and leaves a failed cluster`() async throws {
        var azure = try await AzureClient()
        await azure.machine.failNext(.createCluster, code: "QuotaExceeded", message: "no cores left")
        try await azure.makeCluster()
        #expect(await azure.send("GET", azure.cluster("c")).state == "Failed")
        #expect(await azure.host.told == [])
        let retried = await azure.send("PUT", azure.cluster("c"), AzureClient.body())
        #expect(retried.status == 200)
        azure.now += 2
        #expect(await azure.send("GET", azure.cluster("c")).state == "Succeeded")
    }

    @Test func `scaling by a PUT of the whole body changes the count and keeps the service's fields`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster(tags: ["aula-id": "m2k7q9xd"])
        var body = await azure.send("GET", azure.cluster("c")).body
        let before = body
        body[["properties", "agentPoolProfiles"]] = .array(
            (body[["properties", "agentPoolProfiles"]]?.array ?? []).map { pool in
                var pool = pool
                pool["count"] = 3
                return pool
            })
        for field in ["fqdn", "resourceUID", "maxAgentPools"] { body[["properties", field]] = nil }
        let scaled = await azure.send("PUT", azure.cluster("c"), body)
        #expect(scaled.status == 200 && scaled.state == "Updating")
        #expect(scaled.body[["properties", "agentPoolProfiles"]]?[0]?["provisioningState"] == "Scaling")
        azure.now += 2
        let after = await azure.send("GET", azure.cluster("c")).body
        #expect(after[["properties", "agentPoolProfiles"]]?[0]?["count"] == 3)
        for field in ["fqdn", "resourceUID", "maxAgentPools"] {
            #expect(after[["properties", field]] == before[["properties", field]])
        }
        #expect(after["tags"] == ["aula-id": "m2k7q9xd"])
        #expect(await azure.host.told.last == "scaled 3")
    }

    @Test func `the node resource group comes and goes with the cluster, and so do its resources`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster(tags: ["aula-id": "m2k7q9xd"])
        let list =
            "\(azure.root)/resources?$filter=tagname%20eq%20'aula-id'%20and%20tagvalue%20eq%20'm2k7q9xd'&api-version=2024-11-01"
        let nodes = "\(azure.root)/resourcegroups/MC_memo2_c_westus"
        await azure.host.hold(ClusterAttachments(disks: ["pvc-1"], publicAddresses: ["kubernetes-a1"]))
        let found = await azure.send("GET", list).body["value"]?.array ?? []
        let types = Dictionary(grouping: found) { $0["type"]?.string ?? "" }.mapValues(\.count)
        #expect(types["Microsoft.Compute/disks"] == 3)
        #expect(types["Microsoft.Network/publicIPAddresses"] == 2)
        #expect(types["Microsoft.Network/loadBalancers"] == 1)
        #expect(types["Microsoft.Compute/virtualMachineScaleSets"] == 1)
        #expect(types["Microsoft.ContainerService/ManagedClusters"] == 1)
        #expect(await azure.send("GET", nodes).body["managedBy"]?.string?.hasSuffix("/managedClusters/c") == true)
        #expect(await azure.send("DELETE", nodes).status == 403)
        await azure.send("DELETE", "\(azure.root)/resourcegroups/memo2")
        let during = await azure.send("PUT", azure.cluster("new"), AzureClient.body())
        #expect(during.status == 409 && during.code == "ResourceGroupBeingDeleted")
        azure.now += 2
        #expect(await azure.send("GET", nodes).status == 404)
        #expect(await azure.send("GET", list).body["value"] == [])
        #expect(await azure.host.told.last == "deleted")
    }

    @Test func `a size tells how many disks it takes`() async throws {
        let azure = try await AzureClient()
        let skus = await azure.send("GET", "\(azure.root)/providers/Microsoft.Compute/skus").body["value"]?.array
        let small = try #require(skus?.first { $0["name"] == "Standard_B2s" })
        #expect(small["capabilities"]?.array?.contains(["name": "MaxDataDiskCount", "value": "4"]) == true)
    }

    @Test func `a cluster costs while it runs`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster()
        azure.now += 1_800 - 10
        let query: JSON = ["dataset": ["grouping": [["type": "Dimension", "name": "ResourceGroupName"]]]]
        let answer = await azure.send("POST", "\(azure.root)/providers/Microsoft.CostManagement/query", query)
        let row = answer.body[["properties", "rows"]]?[0] ?? .null
        guard case .double(let cost) = row[0] else {
            Issue.record("no cost in \(answer.body)")
            return
        }
        #expect(abs(cost - 0.0496) < 0.0001)
        #expect(row[1] == "mc_memo2_c_westus")
    }

    @Test func `an unknown route is named`() async throws {
        let azure = try await AzureClient()
        let answer = await azure.send("GET", "\(azure.root)/unicorns")
        #expect(answer.status == 501 && answer.message.hasSuffix("/unicorns"))
    }

    @Test func `a snapshot brings clusters and operations back, and the host hears of them`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster()
        await azure.send("POST", "\(azure.cluster("c"))/stop")
        azure.now += 2
        await azure.machine.advance(to: azure.now)
        let snapshot = await azure.machine.snapshot()
        let host = RecordingHost()
        let copy = try AzureMachine(host: host, snapshot: try JSON(parsing: snapshot.text))
        await copy.resume()
        #expect(await host.told == ["created c 2 Standard_B2s", "scaled 2", "stopped"])
        #expect(await copy.snapshot() == snapshot)
    }
}
