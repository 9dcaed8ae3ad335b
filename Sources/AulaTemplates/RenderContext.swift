package import AulaModel

/// Everything that a template may ask about the place where it is rendered.
package struct RenderContext: Sendable {
    package var mark: Mark
    package var group: Group?
    package var environment: String?
    /// Where objects without a namespace go.
    package var namespace: String
    /// The namespace of the server that groups share.
    package var serverNamespace: String?
    /// Further names for placeholders, such as the sizes of the environment's quota.
    package var values: [String: JSON]

    /// - Parameter envFrom: `TemplateLibrary.envFrom(of:)`.
    package init(cohort: Cohort, envFrom: JSON = []) {
        mark = Mark(cohort: cohort.name, id: cohort.id ?? "")
        namespace = "\(cohort.name)-aula"
        values = [:]
    }

    package mutating func place(
        group: Group?, environment: String?, namespace: String, serverNamespace: String? = nil
    ) {
        self.group = group
        self.environment = environment
        self.namespace = namespace
        self.serverNamespace = serverNamespace
    }
}
