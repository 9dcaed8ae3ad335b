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
