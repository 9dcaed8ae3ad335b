package import AulaModel

extension Pipeline {
    /// The pipeline of a component: build and test, package, deploy to each environment in the file's order, try it
    /// there, and go back by hand.
    ///
    /// The last of several environments, and every one that is production, waits for somebody who may merge.
    ///
    /// - Parameters:
    ///   - component: its name, which its Deployment and its container bear as well.
    ///   - environments: in the order in which a version passes through them.
    ///   - settings: what the cohort says.
    ///   - variant: the row of the table of builds that `settings.build` names.
    ///   - images: what the jobs run in.
    package init(
        of component: String, environments: [Environment], _ settings: PipelineSettings, _ variant: BuildVariant,
        images: ToolImages
    ) {
        var jobs: [PipelineJob] = []
        if let test = Self.test(settings, variant) { jobs.append(test) }
        jobs.append(Self.package(settings, images))
        for (position, environment) in environments.enumerated() {
            let isLast = environments.count > 1 && position == environments.count - 1
            let waits = isLast || environment.tier == "production"
            let shell = DeployScript(component: component, limit: settings.rolloutLimit)
            var deploy = PipelineJob(
                "deploy-\(environment.name)", waits ? .byHand : .defaultBranch, image: images.kubectl,
                script: shell.deploy)
            deploy.target = PipelineJob.Target(environment: environment.name)
            jobs.append(deploy)
            if position == 0, !settings.acceptance.isEmpty {
                jobs.append(Self.acceptance(settings, variant, images, environment))
            }
            var back = PipelineJob(
                "rollback-\(environment.name)", stage: "rollback", .byHand, image: images.kubectl,
                script: shell.rollback)
            back.target = PipelineJob.Target(environment: environment.name)
            jobs.append(back)
        }
        let stages = jobs.map(\.stage).filter { $0 != "rollback" } + ["rollback"]
        self.init(component: component, stages: stages, jobs: jobs)
    }

    private static func test(_ settings: PipelineSettings, _ variant: BuildVariant) -> PipelineJob? {
        let tests = settings.tests ?? variant.tests
        guard let image = variant.image, !tests.isEmpty else { return nil }
        var job = PipelineJob("test", .everyChange, image: image, script: variant.prepare + tests)
        job.cache = variant.cache
        job.results = variant.results
        return job
    }

    private static func package(_ settings: PipelineSettings, _ images: ToolImages) -> PipelineJob {
        switch settings.builder {
        case .docker:
            var job = PipelineJob(
                "package", .defaultBranch, image: images.docker, script: PackageScript.docker, limit: 30)
            job.services = [images.dockerDaemon]
            job.variables = ["DOCKER_TLS_CERTDIR": "/certs"]
            return job
        case .buildah:
            var job = PipelineJob(
                "package", .defaultBranch, image: images.buildah, script: PackageScript.buildah, limit: 30)
            // No kernel feature that an ordinary runner's container lacks.
            job.variables = ["BUILDAH_ISOLATION": "chroot", "STORAGE_DRIVER": "vfs"]
            return job
        }
    }

    private static func acceptance(
        _ settings: PipelineSettings, _ variant: BuildVariant, _ images: ToolImages, _ environment: Environment
    ) -> PipelineJob {
        var job = PipelineJob(
            "acceptance", .defaultBranch, image: variant.image ?? images.kubectl,
            script: variant.prepare + settings.acceptance)
        job.cache = variant.cache
        job.target = PipelineJob.Target(environment: environment.name, isDeployment: false)
        if settings.acceptanceSets > 1 { job.sets = settings.acceptanceSets }
        return job
    }
}
