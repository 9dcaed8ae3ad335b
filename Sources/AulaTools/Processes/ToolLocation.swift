import AulaEngine
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Where a tool is: a name to look up in PATH, or what `AULA_KUBECTL` and `AULA_AZ` name instead.
struct ToolLocation {
    /// A bare name or a path.
    var text: String

    init(_ tool: Tool, environment: [String: String]) {
        let override = environment["AULA_\(tool.rawValue.uppercased())"] ?? ""
        text = override.isEmpty ? tool.rawValue : override
    }

    private var isPath: Bool { text.contains("/") }

    var executable: Executable { isPath ? .path(FilePath(text)) : .name(text) }
}
