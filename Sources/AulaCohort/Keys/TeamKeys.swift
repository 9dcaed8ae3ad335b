import AulaModel

enum GroupKeys {
    static let name = Key.text(
        "name", .required, "Any text; in paths and names it is written in small letters without accents.",
        example: "Águila")
    static let was = Key.text(
        "was", .none,
        "The name under which it was made. Its namespaces keep the old name, GitLab's group moves to the new one.",
        example: "g1")
    static let members = Key.parts(
        "members", .list(of: .text(.member), count: 0...10_000), .none,
        "GitLab user names or e-mail addresses. They are checked for their form and not used yet: invite the team in "
            + "GitLab.", example: "[ana, luis@example.org]")
    static let site = Key.text(
        "site", .siteName, .derived("the first one"), "In which of several clusters it lives.", example: "west")
    static let components = Key.parts(
        "components", OverrideKeys.type, .none, "What is different for this group; it wins over an environment's.",
        example: "{ api: { replicas: 2 } }")
    static let set = KeySet(
        name.declaration, was.declaration, members.declaration, site.declaration, components.declaration)
}

enum EnvironmentKeys {
    static let name = Key.text("name", .label, .required, "It ends the names of its namespaces.", example: "test")
    static let components = Key.parts(
        "components", OverrideKeys.type, .none, "What is different in this environment.",
        example: "{ api: { replicas: 2 } }")
    static let set = KeySet(name.declaration, components.declaration)
}

/// What a group or an environment may change of a component; the rest is the same for everybody.
enum OverrideKeys {
    static let type = ValueType.names(.componentName, of: .mapping(set))
    static let set = KeySet(
        ComponentKeys.image.declaration, ComponentKeys.version.declaration, ComponentKeys.replicas.declaration,
        takesParameters: true,
        refused: ComponentKeys.set.names.filter { !["image", "version", "replicas"].contains($0) })
}

/// A component's keys; every other one is a parameter of its template.
enum ComponentKeys {
    static let template = Key.text(
        "template", .label, .derived("the component's name"), "One of [the templates](templates.md).", example: "api")
    static let image = Key.text(
        "image", .image, .derived("the template's"), "What runs, where aula deploys; may hold `{version}`.",
        example: "\"example.org/api:{version}\"")
    static let version = Key.text("version", .none, "The text for `{version}`.", example: "1.30")
    static let replicas = Key.whole(
        "replicas", 0...1_000, .derived("the template's, or 1"), "How many pods run.", example: "2")
    static let deploy = Key<Component.Deploy>.choice(
        "deploy", .derived("`pipeline` with a GitLab project, else `aula`"),
        "Who decides what runs: the team's pipeline, or this file.", example: "aula")
    static let project = Key.flag(
        "project", .derived("the template's"), "Whether each group gets a GitLab project for it.", example: "true")
    static let starter = Key.parts(
        "starter", .either([.flag, .text(.starter)]), .derived("a README alone"),
        "What each team's project begins with: `true` for a tiny service with a test, or a folder beside this file, with "
            + "a slash at its end. It is the first commit of an empty repository and never touches another one.",
        example: "true")
    static let pipeline = Key.parts(
        "pipeline", .mapping(PipelineKeys.set), .derived("what suits the `starter`; none without"),
        "What happens to a push: [the pipeline](pipelines.md) that the teams' own files include.",
        example: "{ build: python, acceptance: [./acceptance.sh] }")
    static let shared = Key<Component.Shared>.choice(
        "shared", .none,
        "`environment`: one server for all groups of an environment, a database and a password for each.",
        example: "environment")
    static let logs = Key.parts(
        "logs", .either([.text(.label), .mapping(LogKeys.set)]), .none,
        "A log collector beside it: its template, or a mapping with its parameters.", example: "filebeat")
    static let set = KeySet(
        template.declaration, image.declaration, version.declaration, replicas.declaration, deploy.declaration,
        project.declaration, starter.declaration, pipeline.declaration, shared.declaration, logs.declaration,
        takesParameters: true)
}

enum PipelineKeys {
    private static let lines = ValueType.list(of: .text(nil), count: 1...50)

    static let build = Key.text(
        "build", .label, .derived("the starter's, or `dockerfile`"),
        "How the program is built and tested: a row of `templates/pipelines/builds.yaml`.", example: "python")
    static let builder = Key<PipelineSettings.Builder>.choice(
        "builder", .value("docker"),
        "What makes the image of the Dockerfile: `docker` needs a runner with privileges, such as GitLab.com's; "
            + "`buildah` needs none.", example: "buildah")
    static let tests = Key.parts(
        "tests", lines, .derived("the build's own"), "Shell lines that test the program.", example: "[make check]")
    static let acceptance = Key.parts(
        "acceptance", lines, .none, "Shell lines that try what was deployed to the first environment.",
        example: "[./acceptance.sh]")
    static let sets = Key.whole(
        "sets", 1...50, .value(1), "Into how many jobs the acceptance tests are divided.", example: "3")
    static let rolloutLimit = Key.whole(
        "rolloutLimit", 10...3600, .value(180),
        "Seconds until a new version must be ready; else the one before it is brought back.", example: "60")
    static let set = KeySet(
        build.declaration, builder.declaration, tests.declaration, acceptance.declaration, sets.declaration,
        rolloutLimit.declaration)
}

enum LogKeys {
    static let template = Key.text("template", .label, .required, "The collector's template.", example: "filebeat")
    static let set = KeySet(template.declaration, takesParameters: true)
}
