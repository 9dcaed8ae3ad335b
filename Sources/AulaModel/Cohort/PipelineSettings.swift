/// What a cohort says of a component's pipeline.
package struct PipelineSettings: Hashable, Sendable {
    /// What makes an image of a Dockerfile.
    package enum Builder: String, Sendable, CaseIterable {
        /// Needs a runner with privileges, which the hosted ones have.
        case docker
        /// Needs none.
        case buildah
    }

    /// The name of a variant in the table of builds: `ruby`, `python`, `dockerfile`; nil for what the starter brings.
    package var build: String?
    package var builder: Builder
    /// Shell lines instead of the variant's own tests.
    package var tests: [String]?
    /// Shell lines that try a deployed version from outside; none without.
    package var acceptance: [String]
    /// Into how many sets the acceptance tests are divided.
    package var acceptanceSets: Int
    /// Seconds that a new version may take until it is ready.
    package var rolloutLimit: Int

    package init(
        build: String? = nil, builder: Builder = .docker, tests: [String]? = nil, acceptance: [String] = [],
        acceptanceSets: Int = 1, rolloutLimit: Int = 180
    ) {
        self.build = build
        self.builder = builder
        self.tests = tests
        self.acceptance = acceptance
        self.acceptanceSets = acceptanceSets
        self.rolloutLimit = rolloutLimit
    }
}
