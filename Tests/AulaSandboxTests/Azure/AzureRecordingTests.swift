import AulaModel
import AulaSandbox
import Foundation
import Testing

/// Replays what the real `az` sent and compares with the answers that it accepted.
@Suite struct AzureRecordingTests {
    private static let recording = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/az-2.91-requests.jsonl").standardizedFileURL

    /// Where the recorded server knew less than this one, or was told to fail; by line number.
    private static let differs: [Int: String] = [
        69: "the recorded server took kubenet for azure",
        109: "the recorded server scaled a stopped cluster, Azure's documentation refuses",
        60: "the recorded server had no tags on clusters yet", 63: "the recorded server crashed",
        131: "the recorded server had no upgrade profile", 135: "the recorded server had no budgets",
        133: "the recorded server answered an unknown route with 404, this one says 501",
        82: "the recorded server was told to refuse", 137: "the recorded server took any location, Azure refuses mars",
        138: "the cluster of this name already existed in another case",
    ]

    /// What the recorded server said and Azure itself, by its own recordings, does not: an envelope around the container
    /// service's refusals, the managers of groups that have none, an identity before there are nodes; and what is of
    /// the day: versions.
    private static let ownWords: Set<String> = ["managedBy", "error", "identityProfile", "isDefault", "patchVersions"]

    /// Lines that were sent while the operation before them was at work.
    private static let immediate: Set<Int> = [83, 87]

    /// What happened between two lines and was left out of the recording.
    private func prepare(_ line: Int, _ azure: inout AzureClient) async throws {
        let group = "\(azure.root)/resourcegroups/memo2"
        switch line {
        case 65, 116:
            await azure.send("DELETE", group)
        case 72:
            await azure.send("PUT", azure.cluster("cluster-memo2-prod"), AzureClient.body(location: "eastus"))
            azure.now += 20
        case 77: await azure.machine.configure { $0.quota = 10 }
        case 78: await azure.machine.configure { $0.quota = 100 }
        case 79: await azure.machine.failNext(.createCluster, code: "QuotaExceeded", message: "exceeded")
        case 83:
            azure.now += 20
            let path = azure.cluster("cluster-memo2-prod")
            await azure.send("PUT", path, await azure.send("GET", path).body)
        case 93:
            azure.now += 20
            await azure.send("PUT", group, ["location": "eastus"])
        default: break
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: recording.path), "no recording of az in ../shared"))
    func `what az accepted is what the sandbox answers`() async throws {
        let text = try String(contentsOf: Self.recording, encoding: .utf8)
        var azure = try await AzureClient(
            settings: AzureSettings(
                subscription: "22222222-2222-2222-2222-222222222222", secret: "SECRET", quotas: [:]))
        var operation = ""
        var compared = 0
        for (position, line) in text.split(separator: "\n").enumerated() {
            let exchange = try JSON(parsing: String(line))
            let number = position + 1
            let method = try #require(exchange["method"]?.string)
            var path = try #require(exchange["path"]?.string)
            let isPoll = path.contains("/operations/") || path.contains("/operationresults/")
            if isPoll {
                path = path.replacing(/(operations|operationresults)\/[0-9a-f-]{36}/) { "\($0.1)/\(operation)" }
            }
            try await prepare(number, &azure)
            let isResult = path.contains("Service/locations") && path.contains("operationresults")
            if !isPoll || isResult, !Self.immediate.contains(number) { azure.now += 20 }
            let form = exchange["body"]?.string.map { Data($0.utf8) }
            let answer = await azure.send(method, path, exchange["body"], form: form)
            if let next = (answer.headers["Azure-AsyncOperation"] ?? answer.headers["Location"])?
                .firstMatch(of: /(?:operations|operationresults)\/([0-9a-f-]{36})/)
            {
                operation = String(next.1)
            }
            if Self.differs[number] != nil { continue }
            compared += 1
            let expected = try #require(exchange["answer"]?["status"]?.int)
            #expect(answer.status == expected, "line \(number): \(method) \(path) \(answer.body.text)")
            let lacking = Self.lacking(exchange["answer"]?["body"] ?? .null, in: answer.body)
            #expect(lacking == [], "line \(number): \(method) \(path)")
            for header in exchange["answer"]?["headers"]?.object?.keys ?? [] {
                #expect(answer.headers[header] != nil, "line \(number): \(header)")
            }
        }
        #expect(compared > 120)
    }

    /// The paths of what the recorded answer has and this one lacks or has with another type.
    private static func lacking(_ recorded: JSON, in answer: JSON, at path: String = "") -> [String] {
        switch (recorded, answer) {
        case (.object(let wanted), .object(let given)):
            return wanted.members.filter { !ownWords.contains($0.key) }.flatMap { member in
                guard let value = given[member.key] else { return ["\(path)/\(member.key)"] }
                return lacking(member.value, in: value, at: "\(path)/\(member.key)")
            }
        case (.array(let wanted), .array(let given)):
            guard let first = wanted.first else { return [] }
            return given.first.map { lacking(first, in: $0, at: "\(path)/0") } ?? ["\(path)/0"]
        case (.null, _), (_, .null), (.string, .string), (.bool, .bool), (.int, .int), (.double, .double),
            (.int, .double), (.double, .int):
            return []
        default: return [path]
        }
    }
}
