import AulaEngine
import AulaModel

/// Whether the user's kubectl speaks to today's clusters.
///
/// It takes 50 ms, so it is asked before the first write and to explain a failure, not by a run that only looks.
enum KubectlCheck {
    /// - Throws: `ConnectionFailure` for a kubectl that is missing or too old.
    static func run(with tools: any ToolRunner) async throws {
        let result: ToolResult
        do {
            result = try await tools.run(Tool.kubectl.versionInvocation)
        } catch {
            throw ConnectionFailure(error, while: "asking kubectl for its version")
        }
        let version = (try? JSON(parsing: result.output)).flatMap(Tool.kubectl.version)
        if let version, version >= Tool.kubectl.oldest { return }
        let found = version.map { "kubectl \($0) is too old" } ?? "kubectl does not tell its version"
        throw ConnectionFailure.unreachable(
            "\(found); aula needs \(Tool.kubectl.oldest) or newer",
            hint: "install a newer one, or name it with AULA_KUBECTL", mayPass: false)
    }
}
