import AulaModel
import AulaSandbox
import Foundation
import Testing

/// The rules of Resource Manager that hold for every type of the store.
@Suite struct AzureStoreTests {
    private static func group(_ azure: AzureClient, _ name: String = "memo2") async -> String {
        let path = "\(azure.root)/resourceGroups/\(name)"
        await azure.send("PUT", path, ["location": "westus"])
        return path
    }

    private static let address: JSON = ["location": "westus", "properties": ["publicIPAllocationMethod": "Static"]]

    @Test func `what is missing is said at the level where it is missing`() async throws {
        let azure = try await AzureClient()
        let lost = azure.cluster("c", in: "nowhere")
        #expect(await azure.send("GET", lost).code == "ResourceGroupNotFound")
        #expect(await azure.send("PUT", lost, AzureClient.body()).code == "ResourceGroupNotFound")
        let group = await Self.group(azure)
        #expect(await azure.send("GET", azure.cluster("c")).code == "ResourceNotFound")
        let pool = await azure.send("GET", "\(azure.cluster("c"))/agentPools/p")
        #expect(pool.status == 404 && pool.code == "ParentResourceNotFound")
        for (path, code) in [
            ("locks/l", "LockNotFound"), ("policyAssignments/p", "PolicyAssignmentNotFound"),
            ("roleAssignments/88888888-0000-0000-0000-000000000001", "RoleAssignmentNotFound"),
        ] {
            let missing = await azure.send("GET", "\(group)/providers/Microsoft.Authorization/\(path)")
            #expect(missing.status == 404 && missing.code == code)
            #expect(await azure.send("DELETE", "\(group)/providers/Microsoft.Authorization/\(path)").status == 204)
        }
    }

    @Test func `a version that is none, and a subscription that is another, are refused`() async throws {
        let azure = try await AzureClient()
        #expect(
            await azure.send("GET", "\(azure.root)/resourcegroups?api-version=").code == "MissingApiVersionParameter")
        #expect(
            await azure.send("GET", "\(azure.root)/resourcegroups?api-version=1").code == "InvalidApiVersionParameter")
        let other = "/subscriptions/99999999-9999-9999-9999-999999999999/resourcegroups"
        #expect(await azure.send("GET", other).code == "SubscriptionNotFound")
        #expect(await azure.send("GET", "/subscriptions/x/resourcegroups").code == "InvalidSubscriptionId")
    }

    @Test func `an address is made, changed and deleted by operations that can be polled`() async throws {
        var azure = try await AzureClient()
        let path = "\(await Self.group(azure))/providers/Microsoft.Network/publicIPAddresses/web"
        let made = await azure.send("PUT", path, Self.address)
        #expect(made.status == 201 && made.state == "Updating" && made.headers["Location"] == nil)
        let poll = try #require(made.headers["Azure-AsyncOperation"]).replacing("https://localhost:18443", with: "")
        #expect(poll.contains("/providers/Microsoft.Network/locations/westus/operations/"))
        #expect(await azure.send("PUT", path, Self.address).code == "AnotherOperationInProgress")
        azure.now += 1
        #expect(await azure.send("GET", poll).body["status"] == "Succeeded")
        let ready = await azure.send("GET", path)
        #expect(
            ready.state == "Succeeded"
                && ready.body[["properties", "ipAddress"]]?.string?.hasPrefix("203.0.113.") == true)
        let moved = await azure.send("PUT", path, ["location": "eastus"])
        #expect(moved.status == 409 && moved.code == "InvalidResourceLocation")
        let gone = await azure.send("DELETE", path)
        #expect(gone.status == 202 && gone.headers["Location"] != nil)
        azure.now += 1
        #expect(await azure.send("GET", path).status == 404)
        #expect(await azure.send("PUT", "\(path)-", Self.address).code == "InvalidResourceName")
        #expect(await azure.send("PUT", path, [:]).code == "LocationRequired")
    }

    @Test func `a lock keeps what is below it, and what holds it, from being deleted`() async throws {
        var azure = try await AzureClient()
        let group = await Self.group(azure)
        let address = "\(group)/providers/Microsoft.Network/publicIPAddresses/web"
        await azure.send("PUT", address, Self.address)
        azure.now += 1
        let lock = "\(address)/providers/Microsoft.Authorization/locks/keep"
        #expect(await azure.send("PUT", lock, ["properties": ["level": "CanNotDelete"]]).status == 201)
        for path in [address, group] {
            let refused = await azure.send("DELETE", path)
            #expect(refused.status == 409 && refused.code == "ScopeLocked", "\(path)")
        }
        #expect(await azure.send("PUT", address, Self.address).status == 200, "it may still be changed")
        azure.now += 1
        #expect(await azure.send("PUT", lock, ["properties": ["level": "ReadOnly"]]).status == 200)
        #expect(await azure.send("PUT", address, Self.address).code == "ScopeLocked")
        #expect(await azure.send("PUT", lock, ["properties": ["level": "None"]]).status == 400)
        #expect(await azure.send("DELETE", lock).status == 200)
        #expect(await azure.send("DELETE", group).status == 202)
    }

    @Test func `a role is assigned once, to a role that is there`() async throws {
        let azure = try await AzureClient()
        let group = await Self.group(azure)
        let names = (1...3).map {
            "\(group)/providers/Microsoft.Authorization/roleAssignments/88888888-0000-0000-0000-00000000000\($0)"
        }
        let role = { (id: String) -> JSON in
            [
                "properties": [
                    "roleDefinitionId": .string(
                        "\(azure.root)/providers/Microsoft.Authorization/roleDefinitions/\(id)"),
                    "principalId": "55555555-5555-5555-5555-555555555555",
                ]
            ]
        }
        let reader = role("acdd72a7-3385-48ef-bd42-f606fba81ae7")
        #expect(await azure.send("PUT", names[0], reader).status == 201)
        let twin = await azure.send("PUT", names[1], reader)
        #expect(twin.status == 409 && twin.code == "RoleAssignmentExists")
        let unknown = await azure.send("PUT", names[2], role("11111111-3385-48ef-bd42-f606fba81ae7"))
        #expect(unknown.code == "RoleDefinitionDoesNotExist")
        let list = "\(azure.root)/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
        #expect(await azure.send("GET", list).body["value"]?.array?.count == 2, "the owner's and the new one")
        #expect(await azure.send("GET", "\(list)&$filter=atScope()").body["value"]?.array?.count == 1)
        let mine = await azure.send("GET", "\(list)&$filter=principalId%20eq%20'55555555-5555-5555-5555-555555555555'")
        #expect(mine.body["value"]?.array?.count == 1)
    }

    @Test func `a write with another version of the resource is refused`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster()
        let body = await azure.send("GET", azure.cluster("c")).body
        let headers = [
            "authorization": "Bearer \(azure.token)", "content-type": "application/json", "host": "localhost:18443",
        ]
        let path = azure.cluster("c") + "?api-version=2026-06-01"
        let stale = await azure.machine.answer(
            "PUT", path, body.data, headers: headers.merging(["if-match": "other"]) { $1 }, at: azure.now)
        #expect(stale.status == 412 && stale.code == "PreconditionFailed")
        let tag = try #require(body["eTag"]?.string)
        let fresh = await azure.machine.answer(
            "PUT", path, body.data, headers: headers.merging(["if-match": "\"\(tag)\""]) { $1 }, at: azure.now)
        #expect(fresh.status == 200)
    }

    @Test func `a student's subscription keeps to its regions, sizes and cores`() async throws {
        var settings = AzureSettings()
        settings.become(.student)
        let azure = try await AzureClient(settings: settings)
        _ = await Self.group(azure)
        let policies = await azure.send("GET", "\(azure.root)/providers/Microsoft.Authorization/policyAssignments")
        let allowed = policies.body["value"]?.array?.first { $0["name"] == "sys.regionrestriction" }
        #expect(allowed?[["properties", "parameters", "listOfAllowedLocations", "value"]]?.array?.count == 5)
        let away = await azure.send("PUT", azure.cluster("c"), AzureClient.body(location: "eastus"))
        #expect(away.status == 403 && away.code == "RequestDisallowedByAzure")
        let small = await azure.send("PUT", azure.cluster("c"), AzureClient.body())
        #expect(small.status == 400 && small.message.contains("Standard_B2s is not allowed in your subscription"))
        let many = await azure.send("PUT", azure.cluster("c"), AzureClient.body(count: 4, size: "Standard_B2als_v2"))
        #expect(many.code == "ErrCode_InsufficientVCPUQuota" && many.message.contains("regional vcpu quota 6"))
        let none = await azure.send("PUT", azure.cluster("c"), AzureClient.body(count: 1, size: "Standard_D2s_v5"))
        #expect(none.message.contains("remaining 0 for family standardDSv5Family"))
        let skus = await azure.send("GET", "\(azure.root)/providers/Microsoft.Compute/skus").body["value"]?.array
        let refused = skus?.first { $0["name"] == "Standard_B2s" }?["restrictions"]?[0]
        #expect(refused?["reasonCode"] == "NotAvailableForSubscription")
        #expect(await azure.send("PUT", azure.cluster("c"), AzureClient.body(size: "Standard_B2als_v2")).status == 201)
        let query = await azure.send("POST", "\(azure.root)/providers/Microsoft.CostManagement/query", ["dataset": [:]])
        #expect(query.body[["properties", "rows"]] == [], "a credit shows no costs")
    }

    @Test func `a disabled subscription takes no writes, and an unregistered provider makes nothing`() async throws {
        let azure = try await AzureClient()
        _ = await Self.group(azure)
        await azure.machine.configure { $0.unregistered = ["microsoft.containerservice"] }
        let refused = await azure.send("PUT", azure.cluster("c"), AzureClient.body())
        #expect(refused.status == 409 && refused.code == "MissingSubscriptionRegistration")
        await azure.send("POST", "\(azure.root)/providers/Microsoft.ContainerService/register")
        #expect(await azure.send("PUT", azure.cluster("c"), AzureClient.body()).status == 201)
        await azure.machine.configure { $0.state = .disabled }
        let disabled = await azure.send("PUT", "\(azure.root)/resourceGroups/new", ["location": "westus"])
        #expect(disabled.status == 409 && disabled.code == "ReadOnlyDisabledSubscription")
        #expect(await azure.send("GET", "\(azure.root)/resourceGroups/memo2").status == 200)
    }

    @Test func `costs are told by the day and by the group`() async throws {
        var azure = try await AzureClient()
        try await azure.makeCluster()
        azure.now += 86_400 * 2
        let login = await azure.login(secret: azure.settings.secret)
        azure.token = try #require(login.body["access_token"]?.string)
        let query: JSON = [
            "type": "ActualCost", "timeframe": "Custom",
            "timePeriod": ["from": "2026-11-01T00:00:00Z", "to": "2026-12-31T00:00:00Z"],
            "dataset": [
                "granularity": "Daily", "aggregation": ["totalCost": ["name": "PreTaxCost", "function": "Sum"]],
                "grouping": [["type": "Dimension", "name": "ResourceGroupName"]],
            ],
        ]
        let answer = await azure.send("POST", "\(azure.root)/providers/Microsoft.CostManagement/query", query)
        let columns = answer.body[["properties", "columns"]]?.array?.compactMap { $0["name"]?.string }
        #expect(columns == ["PreTaxCost", "UsageDate", "ResourceGroupName", "Currency"])
        let rows = answer.body[["properties", "rows"]]?.array ?? []
        #expect(rows.count == 3 && rows.allSatisfy { $0[2] == "mc_memo2_c_westus" })
        #expect(rows.compactMap { $0[1]?.int } == rows.compactMap { $0[1]?.int }.sorted())
        let bad = await azure.send(
            "POST", "\(azure.root)/providers/Microsoft.CostManagement/query", ["dataset": ["granularity": "Hourly"]])
        #expect(bad.status == 400)
    }
}
