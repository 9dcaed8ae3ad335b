/// What happens to a push, from the commit to a running program, in words that every CI server knows.
package struct Pipeline: Hashable, Sendable {
    /// The component whose images it makes and deploys.
    package var component: String
    /// In the order in which they run.
    package var stages: [String]
    package var jobs: [PipelineJob]

    package init(component: String, stages: [String], jobs: [PipelineJob]) {
        self.component = component
        self.stages = stages
        self.jobs = jobs
    }
}

/// One step of a pipeline: an image and the shell lines that run in it.
package struct PipelineJob: Hashable, Sendable {
    /// When a job runs.
    package enum Trigger: Hashable, Sendable {
        /// On every push and for every merge request.
        case everyChange
        /// On the default branch only.
        case defaultBranch
        /// On the default branch, when somebody who may merge there starts it by hand.
        case byHand
    }

    /// What a job leaves for later jobs and for people.
    package struct Results: Hashable, Sendable {
        package var paths: [String]
        /// A file of test results in JUnit's form; nil where the tests write none.
        package var junit: String?

        package init(paths: [String] = [], junit: String? = nil) {
            self.paths = paths
            self.junit = junit
        }
    }

    /// What is kept from one pipeline to the next, as long as the file that it was made from stays.
    package struct Cache: Hashable, Sendable {
        package var of: String
        package var paths: [String]

        package init(of file: String, paths: [String]) {
            of = file
            self.paths = paths
        }
    }

    /// The environment that a job brings a version to.
    package struct Target: Hashable, Sendable {
        package var environment: String
        /// Whether the job deploys there; otherwise it only looks at it.
        package var isDeployment: Bool

        package init(environment: String, isDeployment: Bool = true) {
            self.environment = environment
            self.isDeployment = isDeployment
        }
    }

    package var name: String
    package var stage: String
    package var trigger: Trigger
    package var image: String
    /// Servers beside the job, by image: the Docker daemon.
    package var services: [String] = []
    package var variables: [String: String] = [:]
    /// Lines of POSIX shell; the first that fails ends the job.
    package var script: [String]
    package var cache: Cache?
    package var results: Results?
    package var target: Target?
    /// Into how many sets its work is divided; each learns its number.
    package var sets: Int?
    /// Minutes after which it is ended.
    package var limit: Int

    package init(
        _ name: String, stage: String? = nil, _ trigger: Trigger, image: String, script: [String], limit: Int = 15
    ) {
        self.name = name
        self.stage = stage ?? name
        self.trigger = trigger
        self.image = image
        self.script = script
        self.limit = limit
    }
}
