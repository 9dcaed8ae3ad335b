/// What a cohort says of a component's pipeline.
package struct PipelineSettings: Hashable, Sendable {
    /// What makes an image of a Dockerfile.
    package enum Builder: String, Sendable, CaseIterable {
        /// Needs a runner with privileges, which the hosted ones have.
        case docker
        /// Needs none.
        case buildah
    }

    /// The name of a variant in the table of builds: `ruby`, `python`, `dockerfile`.
    package var build: String
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
        build: String = "dockerfile", builder: Builder = .docker, tests: [String]? = nil, acceptance: [String] = [],
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

/// How programs of one kind are built and tested, as the table of builds has it.
package struct BuildVariant: Hashable, Sendable {
    /// The job's image; nil where the Dockerfile does all.
    package var image: String?
    /// Shell lines that fetch what the program needs.
    package var prepare: [String]
    package var tests: [String]
    package var cache: PipelineJob.Cache?
    package var results: PipelineJob.Results?

    package init(
        image: String? = nil, prepare: [String] = [], tests: [String] = [], cache: PipelineJob.Cache? = nil,
        results: PipelineJob.Results? = nil
    ) {
        self.image = image
        self.prepare = prepare
        self.tests = tests
        self.cache = cache
        self.results = results
    }
}

/// The images that pipelines' own jobs run in.
package struct ToolImages: Hashable, Sendable {
    /// kubectl with a shell.
    package var kubectl: String
    package var docker: String
    package var dockerDaemon: String
    package var buildah: String

    package init(kubectl: String, docker: String, dockerDaemon: String, buildah: String) {
        self.kubectl = kubectl
        self.docker = docker
        self.dockerDaemon = dockerDaemon
        self.buildah = buildah
    }
}
