package import AulaModel
package import AulaPipelines

/// What a cohort is made of beside its file and its templates.
package struct Material: Sendable {
    /// The teacher's own manifests that components name.
    package var files: [SourceFile]
    package var builds: BuildTable
    /// What each starter that a component names consists of.
    package var starters: [Starter: [ProjectFile]]

    package init(
        files: [SourceFile] = [], builds: BuildTable = BuildTable(), starters: [Starter: [ProjectFile]] = [:]
    ) {
        self.files = files
        self.builds = builds
        self.starters = starters
    }
}
