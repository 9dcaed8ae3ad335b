import AulaEngine
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Where a tool is: a name to look up in PATH, or what `AULA_KUBECTL` and `AULA_AZ` name instead.
struct ToolLocation {
    private let tool: Tool
    /// A bare name or a path.
    private let text: String

    init(_ tool: Tool, environment: [String: String]) {
        self.tool = tool
        let override = environment["AULA_\(tool.rawValue.uppercased())"] ?? ""
        text = override.isEmpty ? tool.rawValue : override
    }

    var notFound: ToolError { .notFound(tool, tried: text) }

    /// The program's path, looked up here since a start by name costs a failed start for each folder of PATH.
    ///
    /// - Throws: `ToolError.notFound`.
    func path(in environment: Environment) async throws(ToolError) -> FilePath {
        do {
            let executable: Executable = text.contains("/") ? .path(FilePath(text)) : .name(text)
            return try await executable.resolveExecutablePath(in: environment)
        } catch {
            throw notFound
        }
    }
}
