/// The three systems that the sandbox stands in for.
package enum SandboxSystem: String, Sendable, Hashable, CaseIterable {
    case azure, kubernetes, gitlab
}
