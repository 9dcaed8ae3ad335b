/// Why a sandbox could not start.
package struct SandboxError: Error, CustomStringConvertible, Hashable {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
