import AulaEngine
import AulaModel
import AulaTools
import Foundation

// What reading a cohort costs at the very least: `kubectl proxy` on a private socket, and one LIST for each kind over it,
// all at once, every page parsed. Nothing is made of the answers. `ListBenchmark ID`, the cluster as KUBECONFIG says.
// Prints one line of JSON: objects, bytes, seconds of the LISTs, peak memory in MB.

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
    print("usage: ListBenchmark ID")
    exit(64)
}

/// The kinds that aula always reads, as its requests spell them.
let paths = [
    "/api/v1/serviceaccounts", "/api/v1/secrets", "/api/v1/configmaps", "/api/v1/persistentvolumeclaims",
    "/api/v1/resourcequotas", "/api/v1/limitranges", "/api/v1/services", "/apis/rbac.authorization.k8s.io/v1/roles",
    "/apis/rbac.authorization.k8s.io/v1/rolebindings", "/apis/networking.k8s.io/v1/networkpolicies",
    "/apis/networking.k8s.io/v1/ingresses", "/apis/apps/v1/deployments", "/apis/apps/v1/statefulsets",
    "/apis/batch/v1/jobs", "/apis/batch/v1/cronjobs", "/api/v1/namespaces",
]
let selector = "aula.dev/id=\(arguments[1])"

struct BenchmarkError: Error, CustomStringConvertible {
    var description: String
}

/// Every page of one kind.
func list(_ path: String, _ socket: String, _ transport: HTTPClientTransport) async throws -> (Int, Int) {
    var (objects, bytes) = (0, 0)
    var token: String?
    repeat {
        var query = [(name: "limit", value: "500"), (name: "labelSelector", value: selector)]
        if let token { query.append((name: "continue", value: token)) }
        let answer = try await transport.send(
            APIRequest(
                .unixSocket(socket), "GET", path, query: query,
                headers: ["Host": "localhost", "Accept": "application/json"], body: nil))
        guard answer.status == 200 else { throw BenchmarkError(description: "\(path): status \(answer.status)") }
        let page = try JSON(parsing: answer.body)
        objects += page["items"]?.array?.count ?? 0
        bytes += answer.body.count
        token = page[["metadata", "continue"]]?.string.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return (objects, bytes)
}

/// MB of this process; 0 is RUSAGE_SELF, whose type differs between platforms.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
}

let folder = try RunFolder(environment: ProcessInfo.processInfo.environment)
let transport = try HTTPClientTransport(environment: ProcessInfo.processInfo.environment)
let socket = "\(folder.path)/k.sock"
let proxy = try await SubprocessRunner(environment: ProcessInfo.processInfo.environment).start(
    ToolInvocation(.kubectl, ["proxy", "--unix-socket=\(socket)", "--append-server-path=true"]),
    readyLine: "Starting to serve")
let clock = ContinuousClock()
let begin = clock.now
let totals = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
    for path in paths { group.addTask { try await list(path, socket, transport) } }
    var sum = (objects: 0, bytes: 0)
    while let (objects, bytes) = try await group.next() { sum = (sum.objects + objects, sum.bytes + bytes) }
    return sum
}
let elapsed = (clock.now - begin) / .seconds(1)
await proxy.stop()
await transport.close()
folder.close()
let line: JSON = [
    "objects": .int(totals.objects), "bytes": .int(totals.bytes), "seconds": .double(elapsed),
    "megabytes": .int(peakMemory()),
]
print(line.text)
