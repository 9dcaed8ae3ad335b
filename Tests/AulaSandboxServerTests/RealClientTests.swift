import AulaModel
import AulaSandbox
import AulaTestSupport
import Foundation
import Testing

/// The real `kubectl` and `az`, unchanged, against the sandbox.
@Suite struct RealClientTests {
    private static let kubectl = tool("kubectl", "AULA_KUBECTL")
    private static let az = tool("az", "AULA_AZ")

    private static func tool(_ name: String, _ variable: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let places =
            [environment[variable], root.appending(path: ".tools/bin/\(name)").path].compactMap(\.self)
            + environment["PATH", default: ""].split(separator: ":").map { "\($0)/\(name)" }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(filePath: $0) }
    }

    private func run(_ tool: URL?, _ arguments: String, in sandbox: RunningSandbox) async throws -> Command {
        try await Command.run(
            try #require(tool).path, arguments.split(separator: " ").map(String.init), environment: sandbox.environment)
    }

    @Test(.enabled(if: kubectl != nil, "kubectl is not installed: run `make tools`"))
    func `kubectl uses the ready-made cluster`() async throws {
        try await RunningSandbox.run { sandbox in
            let version = try await run(Self.kubectl, "version -o json", in: sandbox)
            #expect(version.status == 0, "\(version.errors)")
            #expect(version.output.contains("sandbox"))
            let made = try await run(Self.kubectl, "create namespace memo2-g1-test", in: sandbox)
            #expect(made.status == 0, "\(made.errors)")
            let list = try await run(Self.kubectl, "get namespaces -o name", in: sandbox)
            #expect(list.output.split(separator: "\n").contains("namespace/memo2-g1-test"))
        }
    }

    @Test(.enabled(if: kubectl != nil && az != nil, "az is not installed: run `make tools`"), .timeLimit(.minutes(8)))
    func `az makes a cluster whose API kubectl then uses, until it is stopped`() async throws {
        try await RunningSandbox.run { sandbox in
            let account = try await run(Self.az, "account show --query id -o tsv", in: sandbox)
            #expect(account.output == "00000000-0000-0000-0000-000000000000\n", "\(account.errors)")
            let group = try await run(Self.az, "group create -n memo2 -l westus -o none", in: sandbox)
            #expect(group.status == 0, "\(group.errors)")
            let create =
                "aks create -g memo2 -n memo2-prod --node-count 2 --node-vm-size Standard_B2s --no-ssh-key -o none"
            let cluster = try await run(Self.az, create, in: sandbox)
            #expect(cluster.status == 0, "\(cluster.errors)")

            let file = sandbox.folder.appending(path: "memo2.kubeconfig").path
            let credentials = try await run(
                Self.az, "aks get-credentials -g memo2 -n memo2-prod -f \(file)", in: sandbox)
            #expect(credentials.status == 0, "\(credentials.errors)")
            let nodes = try await run(Self.kubectl, "--kubeconfig \(file) get nodes -o name", in: sandbox)
            #expect(nodes.output.split(separator: "\n").count == 2, "\(nodes.errors)")

            let stop = try await run(Self.az, "aks stop -g memo2 -n memo2-prod", in: sandbox)
            #expect(stop.status == 0, "\(stop.errors)")
            let stopped = try await run(Self.kubectl, "--kubeconfig \(file) get nodes", in: sandbox)
            #expect(stopped.status == 1)
            #expect(stopped.errors.contains("is stopped"))
            let line = try sandbox.log().first { $0["command"] == "aks create" && $0["method"] == "PUT" }
            #expect(line?["write"] == true)
        }
    }

    /// What a doctor, the second look of a teardown or a teacher's own check asks; each may fail alone.
    private static let everyday = [
        "disk list -g memo2", "network public-ip list", "network lb list", "role assignment list",
        "role assignment create --role Reader --assignee 33333333-3333-3333-3333-333333333333 "
            + "--scope /subscriptions/\(AzureSettings().subscription)/resourceGroups/memo2",
        "policy assignment list", "resource list --tag a=b",
        "aks maintenanceconfiguration list -g memo2 --cluster-name c",
        "aks nodepool get-upgrades -g memo2 --cluster-name c --nodepool-name nodepool1", "vm list-sizes -l westus",
        "vm list-skus -l westus --size Standard_B2 --all", "lock list", "consumption budget list",
        "resource tag --tags x=y --resource-group memo2 --name c --resource-type Microsoft.ContainerService/managedClusters",
        "resource show --resource-group memo2 --name c --resource-type Microsoft.ContainerService/managedClusters",
        "aks nodepool upgrade -g memo2 --cluster-name c -n nodepool1 --node-image-only --no-wait",
    ]

    @Test(.enabled(if: az != nil, "az is not installed: run `make tools`"), .timeLimit(.minutes(8)))
    func `az understands every answer that a check of the account needs`() async throws {
        try await RunningSandbox.run(faults: "conditions: { operationSeconds: 1 }") { sandbox in
            for command in [
                "group create -n memo2 -l westus", "aks create -g memo2 -n c --node-count 1 --no-ssh-key --tags a=b",
            ] {
                let made = try await run(Self.az, command, in: sandbox)
                #expect(made.status == 0, "\(command): \(made.errors)")
            }
            for command in Self.everyday {
                let answer = try await run(Self.az, command, in: sandbox)
                #expect(answer.status == 0, "az \(command): \(answer.errors)")
            }
            #expect(try sandbox.log().filter { ($0["status"]?.int ?? 0) >= 500 } == [])
        }
    }

    @Test(.enabled(if: az != nil, "az is not installed: run `make tools`"), .timeLimit(.minutes(8)))
    func `az says in the service's own words what a student's subscription refuses`() async throws {
        try await RunningSandbox.run(faults: "conditions: { offer: student }") { sandbox in
            let group = try await run(Self.az, "group create -n memo2 -l eastus -o none", in: sandbox)
            #expect(group.status == 0, "a group may be anywhere: \(group.errors)")
            for (arguments, words) in [
                ("-l eastus --node-vm-size Standard_B2als_v2", "(RequestDisallowedByAzure)"),
                ("-l westus --node-vm-size Standard_B2s", "is not allowed in your subscription in location 'westus'"),
                ("-l westus --node-vm-size Standard_B2als_v2 --node-count 4", "(ErrCode_InsufficientVCPUQuota)"),
            ] {
                let refused = try await run(Self.az, "aks create -g memo2 -n c --no-ssh-key \(arguments)", in: sandbox)
                #expect(refused.status == 1 && refused.errors.contains(words), "\(refused.errors)")
            }
        }
    }
}
