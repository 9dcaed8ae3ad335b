import AulaModel
import AulaSandbox
import Testing

/// A commit is followed to a pipeline, whose jobs start as the file says.
@Suite struct GitLabPipelineTests {
    private static func stage(_ file: String) async throws -> (GitLabClient, String) {
        let gitlab = try GitLabClient()
        let project = "projects/\(try await gitlab.makeProject("api", in: gitlab.classGroup()))"
        let body: JSON = ["branch": "main", "commit_message": "ci", "content": .string(file)]
        let made = await gitlab.send("POST", "\(project)/repository/files/.gitlab-ci.yml", body)
        #expect(made.status == 201, "\(made.body.text)")
        return (gitlab, project)
    }

    private static let file = """
        workflow:
          rules:
            - if: $CI_COMMIT_BRANCH
        stages: [build, test, deploy]
        variables: { COLOR: red }
        .base:
          image: { name: "ruby:3.2", entrypoint: [""] }
          before_script: [echo before]
        build:
          extends: .base
          stage: build
          script: [echo $COLOR]
          artifacts: { paths: [out] }
        test:
          extends: .base
          parallel: 2
          script: echo test
        deploy-prod:
          stage: deploy
          script: echo deploy
          environment: { name: prod, url: "https://prod.example.com" }
          resource_group: prod
          rules:
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $COLOR == "red"
              when: manual
              allow_failure: true
        only-tags:
          stage: deploy
          script: echo tag
          only: [tags]
        """

    @Test func `a push makes a pipeline whose first stage waits for a runner`() async throws {
        let (gitlab, project) = try await Self.stage(Self.file)
        let pipelines = await gitlab.send("GET", "\(project)/pipelines")
        let id = try #require(pipelines.body[0]?["id"]?.int, "\(pipelines.body.text)")
        #expect(pipelines.body[0]?["status"] == "pending" && pipelines.body[0]?["source"] == "push")
        let jobs = await gitlab.send("GET", "\(project)/pipelines/\(id)/jobs")
        let told = jobs.body.array?.map { "\($0["name"]?.string ?? "") \($0["status"]?.string ?? "")" } ?? []
        #expect(Set(told) == ["build pending", "test 1/2 created", "test 2/2 created", "deploy-prod created"])
        let sha = pipelines.body[0]?["sha"] ?? .null
        let commit = await gitlab.send("GET", "\(project)/repository/commits/\(sha.string ?? "")")
        #expect(commit.body[["last_pipeline", "id"]] == .int(id) && commit.body["status"] == "pending")
    }

    @Test func `jobs are canceled and retried, and the pipeline sums them up`() async throws {
        let (gitlab, project) = try await Self.stage("one:\n  script: echo\ntwo:\n  script: echo\n  when: manual\n")
        let jobs = await gitlab.send("GET", "\(project)/jobs")
        let named = { (name: String) in jobs.body.array?.first { $0["name"] == .string(name) }?["id"]?.int ?? 0 }
        #expect(await gitlab.send("POST", "\(project)/jobs/\(named("one"))/cancel").body["status"] == "canceled")
        #expect(await gitlab.send("GET", "\(project)/pipelines").body[0]?["status"] == "canceled")
        let again = await gitlab.send("POST", "\(project)/jobs/\(named("one"))/retry")
        #expect(again.status == 201 && again.body["status"] == "pending")
        #expect(await gitlab.send("POST", "\(project)/jobs/\(named("one"))/retry").status == 403)
        let played = await gitlab.send("POST", "\(project)/jobs/\(named("two"))/play")
        #expect(played.status == 200 && played.body["status"] == "pending")
        let unplayable = await gitlab.send("POST", "\(project)/jobs/\(named("two"))/play")
        #expect(unplayable.message == "400 Bad request - Unplayable Job")
        #expect(await gitlab.send("GET", "\(project)/jobs/\(named("two"))/trace").body == .null)
    }

    @Test(arguments: [
        ("a: { script: x, secrets: {} }", "jobs:a config contains keys that the sandbox does not know: secrets"),
        ("a: { stage: nope, script: x }", "a job: chosen stage nope does not exist"),
        ("a: { script: x, needs: [b] }", "'a' job needs 'b' job, but 'b' does not exist in the pipeline"),
        ("a: { image: x }", "jobs:a config should implement the script keyword"),
        (
            "include: [{ remote: x }]\na: { script: x }",
            "include config contains keys that the sandbox does not know: remote"
        ),
        ("include: [{ local: /no.yml }]\na: { script: x }", "Local file `no.yml` does not exist!"),
    ])
    func `lint refuses by name what is not read`(file: String, said: String) async throws {
        let (gitlab, project) = try await Self.stage("a: { script: x }")
        let answer = await gitlab.send("POST", "\(project)/ci/lint", ["content": .string(file)])
        #expect(answer.status == 200 && answer.body["valid"] == false)
        #expect(answer.body["errors"]?.text.contains(said) == true, "\(answer.body["errors"]?.text ?? "")")
    }

    @Test func `a class's file is included from another project, by who may read it`() async throws {
        let (gitlab, project) = try await Self.stage("shared: { script: echo shared }")
        let team = try await gitlab.makeProject("web", in: gitlab.classGroup())
        let own: JSON = ["content": "include: [{ project: memo2-fiuba/api, file: .gitlab-ci.yml }]"]
        let answer = await gitlab.send("POST", "projects/\(team)/ci/lint", own)
        #expect(answer.body["valid"] == true && answer.body["jobs"]?[0]?["name"] == "shared")
        _ = project
    }

    @Test func `rules read comparisons, patterns and brackets`() throws {
        let variables = ["A": "x", "B": "x", "C": "feature/1"]
        for text in ["$A == $B", "$A && ($D == null || $B != \"x\")", "$C =~ /^feature/", "$D == null", "$A !~ /y/i"] {
            #expect(try CICondition.holds(text, variables), "\(text)")
        }
        for text in ["$D", "$A == \"y\"", "$A != $B || $C =~ /x$/"] {
            #expect(try !CICondition.holds(text, variables), "\(text)")
        }
        #expect(throws: (any Error).self) { try CICondition.holds("$A ==", variables) }
    }
}
