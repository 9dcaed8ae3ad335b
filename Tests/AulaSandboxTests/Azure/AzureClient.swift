import AulaModel
import AulaSandbox
import Foundation
import Testing

/// A client of the sandbox's Azure without a socket, logged in as its service principal.
struct AzureClient {
    let machine: AzureMachine
    let host = RecordingHost()
    let settings: AzureSettings
    var token = ""
    var now = Date(timeIntervalSince1970: 1_795_000_000)

    init(settings: AzureSettings = AzureSettings()) async throws {
        self.settings = settings
        machine = try AzureMachine(settings: settings, host: host)
        let answer = await login(secret: settings.secret)
        token = try #require(answer.body["access_token"]?.string)
    }

    func login(secret: String) async -> MachineAnswer {
        let form = "client_id=\(settings.application)&grant_type=client_credentials&client_secret=\(secret)"
        return await send(
            "POST", "/\(settings.tenant)/oauth2/v2.0/token", form: Data(form.utf8))
    }

    var root: String { "/subscriptions/\(settings.subscription)" }

    func cluster(_ name: String, in group: String = "memo2") -> String {
        "\(root)/resourceGroups/\(group)/providers/Microsoft.ContainerService/managedClusters/\(name)"
    }

    /// Sends a request; a path without a query gets an `api-version`.
    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil, form: Data? = nil) async -> MachineAnswer {
        let type = form == nil ? "application/json" : "application/x-www-form-urlencoded"
        return await machine.answer(
            method, path.contains("?") ? path : path + "?api-version=2026-06-01", form ?? body?.data,
            headers: ["authorization": "Bearer \(token)", "content-type": type, "host": "localhost:18443"], at: now)
    }

    /// The body that `az aks create` sends.
    static func body(count: Int = 2, size: String = "Standard_B2s", location: String = "westus", tags: JSON? = nil)
        -> JSON
    {
        var body: JSON = [
            "location": .string(location), "identity": ["type": "SystemAssigned"],
            "sku": ["name": "Base", "tier": "Free"],
            "properties": [
                "kubernetesVersion": "", "dnsPrefix": "cluster-me-memo2-222222", "disableLocalAccounts": false,
                "enableRBAC": true,
                "agentPoolProfiles": [
                    [
                        "name": "nodepool1", "count": .int(count), "vmSize": .string(size), "osType": "Linux",
                        "mode": "System", "type": "VirtualMachineScaleSets", "orchestratorVersion": "",
                        "enableNodePublicIP": false, "enableAutoScaling": false, "scaleSetPriority": "Regular",
                        "nodeTaints": [], "upgradeSettings": [:], "enableEncryptionAtHost": false,
                        "enableUltraSSD": false, "enableFIPS": false,
                    ]
                ],
                "networkProfile": ["loadBalancerSku": "standard", "outboundType": "loadBalancer"],
                "addonProfiles": [:], "storageProfile": [:], "bootstrapProfile": ["artifactSource": "Direct"],
            ],
        ]
        if let tags { body["tags"] = tags }
        return body
    }

    /// Makes the group `memo2` and in it a cluster that has come to rest.
    mutating func makeCluster(_ name: String = "c", tags: JSON? = nil) async throws {
        await send("PUT", "\(root)/resourcegroups/memo2", ["location": "westus", "tags": tags ?? [:]])
        let made = await send("PUT", cluster(name), Self.body(tags: tags))
        #expect(made.status == 201, "\(made)")
        now += 10
    }
}

extension MachineAnswer {
    /// Azure's word for what went wrong; the container service says it without the usual envelope.
    var code: String? { body[["error", "code"]]?.string ?? body["code"]?.string }
    var state: String? { body[["properties", "provisioningState"]]?.string }
}

/// A host that only writes down what it is told.
actor RecordingHost: ClusterHost {
    private(set) var told: [String] = []
    var held = ClusterAttachments()

    func hold(_ attachments: ClusterAttachments) { held = attachments }

    func clusterCreated(id: String, name: String, nodes: Int, nodeSize: String) {
        told.append("created \(name) \(nodes) \(nodeSize)")
    }
    func clusterScaled(id: String, nodes: Int) { told.append("scaled \(nodes)") }
    func clusterStopped(id: String) { told.append("stopped") }
    func clusterStarted(id: String) { told.append("started") }
    func clusterDeleted(id: String) { told.append("deleted") }
    func kubeconfig(id: String, admin: Bool) -> String { "kubeconfig of \(id)" }
    func attachments(id: String) -> ClusterAttachments { held }
}
