import AulaEngine
import AulaModel
import Foundation
import Synchronization

/// Answers the few commands of `az` that aula uses, as Azure CLI 2.91 does, from things in memory.
///
/// A command it does not know fails the test with its name.
final class FakeAzure: ToolRunner {
    struct State: Sendable {
        var group: JSON?
        var cluster: JSON?
        /// How many looks at the cluster an operation takes.
        var looks = 2
        var pending = 0
        var afterwards: String?
        var resources: [JSON] = []
        var log: [[String]] = []
        var answer: @Sendable ([String]) throws -> ToolResult? = { _ in nil }
    }

    private let state = Mutex(State())

    /// The commands that change something: `aks create`.
    var writes: [String] {
        state.withLock { $0.log.map(Self.name).filter { !$0.hasSuffix("show") && !$0.hasSuffix("list") } }
    }
    var log: [[String]] { state.withLock { $0.log } }

    var groupTags: JSON? { state.withLock { $0.group?["tags"] } }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    private static func name(_ arguments: [String]) -> String {
        arguments.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
    }

    func start(_ invocation: ToolInvocation, readyLine: String) async throws -> any RunningTool {
        throw ToolError.endedEarly(.az, "az does not keep running")
    }

    func run(_ invocation: ToolInvocation) async throws -> ToolResult {
        try state.withLock { state in
            state.log.append(invocation.arguments)
            if let answer = try state.answer(invocation.arguments) { return answer }
            return respond(invocation.arguments, &state)
        }
    }

    private func respond(_ arguments: [String], _ state: inout State) -> ToolResult {
        func option(_ name: String) -> String? {
            arguments.firstIndex(of: name).map { arguments[$0 + 1] }
        }
        let tags = arguments.firstIndex(of: "--tags").map { index in
            arguments[(index + 1)...].prefix { !$0.hasPrefix("--") }.map { $0.split(separator: "=", maxSplits: 1) }
        }
        let given = JSON.object(JSONObject((tags ?? []).map { (String($0[0]), .string(String($0[1]))) }))
        switch Self.name(arguments) {
        case "group show": return Self.found(state.group, "(ResourceGroupNotFound) no such group")
        case "group create":
            state.group = [
                "id": "/g", "location": .string(option("--location") ?? ""), "state": "Succeeded", "tags": given,
            ]
            return Self.found(state.group, "")
        case "group delete":
            guard state.group != nil else { return Self.found(nil, "(ResourceGroupNotFound) no such group") }
            (state.group, state.cluster) = (nil, nil)
            return ToolResult(status: 0)
        case "aks show":
            if state.cluster != nil, state.pending > 0 {
                state.pending -= 1
                if state.pending == 0 { finish(&state) }
            }
            return Self.found(state.cluster, "(ResourceNotFound) no such cluster")
        case "aks create":
            if state.cluster != nil {
                return Self.failed("The cluster 'c' under resource group 'memo2' already exists.")
            }
            state.cluster = [
                "fqdn": "c.westus.test", "id": "/g/c", "location": .string(option("--location") ?? ""),
                "networkDataplane": .string(option("--network-dataplane") ?? "azure"), "networkPlugin": "azure",
                "networkPluginMode": "overlay", "powerState": "Running",
                "pools": [
                    [
                        "mode": "System", "name": "nodepool1", "nodeSize": .string(option("--node-vm-size") ?? ""),
                        "nodes": .int(option("--node-count").flatMap { Int($0) } ?? 3), "osDiskSize": 128,
                    ]
                ], "tags": given, "tier": "Free", "version": "1.34.1",
            ]
            return begin("Creating", then: "Succeeded", &state)
        case "aks scale":
            var pool = state.cluster?["pools"]?[0] ?? .null
            pool["nodes"] = option("--node-count").flatMap { Int($0) }.map { .int($0) }
            state.cluster?["pools"] = [pool]
            return begin("Scaling", then: "Succeeded", &state)
        case "aks update":
            state.cluster?["tier"] = option("--tier").map { .string($0.capitalized) }
            return begin("Updating", then: "Succeeded", &state)
        case "aks delete":
            guard state.cluster != nil else { return ToolResult(status: 0) }
            return begin("Deleting", then: nil, &state)
        case "tag update":
            let isCluster = option("--resource-id") == "/g/c"
            var live = (isCluster ? state.cluster : state.group)?["tags"] ?? [:]
            for member in given.object?.members ?? [] {
                live[member.key] = option("--operation") == "Merge" ? member.value : nil
            }
            if isCluster { state.cluster?["tags"] = live } else { state.group?["tags"] = live }
            return ToolResult(status: 0, output: Data("{}".utf8))
        case "resource list": return ToolResult(status: 0, output: JSON.array(state.resources).data)
        default:
            return ToolResult(status: 99, errorText: "FakeAzure does not know: \(arguments.joined(separator: " "))")
        }
    }

    private func begin(_ provisioning: String, then: String?, _ state: inout State) -> ToolResult {
        state.cluster?["state"] = .string(provisioning)
        (state.pending, state.afterwards) = (state.looks, then)
        if state.looks == 0 { finish(&state) }
        return ToolResult(status: 0)
    }

    private func finish(_ state: inout State) {
        if let afterwards = state.afterwards {
            state.cluster?["state"] = .string(afterwards)
        } else {
            state.cluster = nil
        }
    }

    private static func found(_ json: JSON?, _ missing: String) -> ToolResult {
        json.map { ToolResult(status: 0, output: $0.data) } ?? ToolResult(status: 3, errorText: "ERROR: \(missing)\n")
    }

    static func failed(_ text: String, status: Int32 = 1) -> ToolResult {
        ToolResult(status: status, errorText: "ERROR: \(text)\n")
    }
}
