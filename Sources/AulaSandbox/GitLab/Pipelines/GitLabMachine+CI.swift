import AulaModel
import AulaYAML
import Foundation

/// A commit's pipeline: its file is read with all that it includes, and its jobs are made.
extension GitLabMachine {
    static let pipelineRoutes: [GitLabRoute] = [
        .git("POST", "pipeline", role: .developer) { machine, call, project in
            try call.arguments.require("ref")
            let ref = try call.arguments.text("ref") ?? ""
            var given: [String: String] = [:]
            for variable in call.arguments["variables"]?.array ?? [] {
                if let key = variable["key"]?.string { given[key] = variable["value"]?.string ?? "" }
            }
            let pipeline = try await machine.start(
                ref, of: project, source: "api", given: given, by: call.user, now: call.now, base: call.base)
            return .json(
                201,
                machine.instance.render(pipeline, .pipelines, GitLabPlace(call: call, holder: .project(project.id))))
        },
        .code("GET", "ci/lint") { machine, call, project in
            let ref = try call.arguments.text("content_ref") ?? call.arguments.text("sha") ?? project.defaultBranch
            guard let sha = try await machine.commit(ref, of: project) else { throw GitLabFailure.notFound("Commit") }
            guard let text = try await machine.file(".gitlab-ci.yml", sha, project) else {
                return .json(200, machine.lint(CIFile.none("Please provide content of .gitlab-ci.yml")))
            }
            return .json(200, machine.lint(await machine.ciFile(text, sha, project, call.user)))
        },
        .git("POST", "ci/lint", role: .developer, readOnlyAllowed: true) { machine, call, project in
            try call.arguments.require("content")
            let sha = project.heads[project.defaultBranch]
            let file = await machine.ciFile(try call.arguments.text("content") ?? "", sha, project, call.user)
            return .json(200, machine.lint(file))
        },
        .under(.project, "GET", "pipelines/latest", role: .reporter) { gitlab, call, holder in
            let ref = try call.arguments.text("ref") ?? gitlab.project(holder).defaultBranch
            guard let found = gitlab.things("pipelines", of: holder).last(where: { $0["ref"] == .string(ref) }) else {
                throw GitLabFailure.notFound()
            }
            return .json(200, gitlab.render(found, .pipelines, GitLabPlace(call: call, holder: holder)))
        },
        .under(.project, "GET", "pipelines/:pipeline/jobs", role: .reporter) { gitlab, call, holder in
            let place = GitLabPlace(call: call, holder: holder)
            let pipeline = try gitlab.find(.pipelines, place, called: "pipeline")
            var jobs = Array(gitlab.things("jobs", of: holder).filter { $0.parent == pipeline.id }.reversed())
            if try call.arguments.flag("include_retried") != true { jobs.removeAll { $0.flag("retried") } }
            if let scope = try call.arguments.list("scope") { jobs.removeAll { !scope.contains($0.text("status")) } }
            return try call.page(jobs) { gitlab.render($0, .jobs, place) }
        },
        .under(.project, "GET", "pipelines/:pipeline/variables", role: .developer) { gitlab, call, holder in
            let pipeline = try gitlab.find(.pipelines, GitLabPlace(call: call, holder: holder), called: "pipeline")
            return .json(200, pipeline["given"])
        },
        .under(.project, "GET", "jobs/:job/trace", role: .reporter) { gitlab, call, holder in
            let job = try gitlab.find(.jobs, GitLabPlace(call: call, holder: holder), called: "job")
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "text/plain")], body: .bytes(Data(job.text("trace").utf8)))
        },
    ]

    private func lint(_ file: CIFile) -> JSON {
        [
            "valid": .bool(file.errors.isEmpty), "errors": .array(file.errors.map(JSON.string)), "warnings": [],
            "merged_yaml": file.merged == .null ? .null : .string(file.merged.text), "includes": [],
            "jobs": .array(
                file.jobs.map { job in
                    [
                        "name": .string(job.name), "stage": .string(job.stage),
                        "script": .array(job.script.map(JSON.string)), "when": job.definition["when"] ?? "on_success",
                    ]
                }),
        ]
    }

    /// A file's text; nil where the commit has none.
    private func file(_ path: String, _ sha: String, _ project: Project) async throws -> String? {
        let output = try await git(project.id, ["cat-file", "blob", "\(sha):\(path)"])
        return output.isGood ? output.text : nil
    }

    /// A pipeline's file with what it includes; whatever is wrong stands in its errors.
    func ciFile(_ text: String, _ sha: String?, _ project: Project, _ user: User) async -> CIFile {
        do {
            var foreign = JSON.object(JSONObject())
            let merged = try await merged(text, sha, project, user, depth: 0, foreign: &foreign)
            return CIFile(merged, foreign: foreign)
        } catch let failure as CIFailure {
            return .none(failure.text)
        } catch {
            return .none("Invalid configuration format: \(error)")
        }
    }

    private struct CIFailure: Error { var text: String }

    private func merged(
        _ text: String, _ sha: String?, _ project: Project, _ user: User, depth: Int, foreign: inout JSON
    ) async throws -> JSON {
        guard depth < 10 else { throw CIFailure(text: "Includes nest too deep") }
        let (root, diagnostics) = YAML.document(in: SourceFile(path: ".gitlab-ci.yml", text: text))
        if let first = diagnostics.first { throw CIFailure(text: "Invalid configuration format: \(first.message)") }
        let own = root.map { JSON($0) } ?? .null
        guard own.object != nil else { throw CIFailure(text: "Invalid configuration format") }
        var whole = JSON.object(JSONObject())
        let includes = own["include"]?.array ?? own["include"].map { [$0] } ?? []
        for include in includes {
            let local = include.string ?? include["local"]?.string
            if let local, let sha {
                let path = String(local.drop { $0 == "/" })
                guard let text = try await file(path, sha, project) else {
                    throw CIFailure(text: "Local file `\(path)` does not exist!")
                }
                whole = CIFile.overlaid(
                    whole, try await merged(text, sha, project, user, depth: depth + 1, foreign: &foreign))
            } else if let path = include["project"]?.string {
                whole = CIFile.overlaid(whole, try await included(path, include, project, user, depth, &foreign))
            } else {
                let word = include.object?.keys.first ?? "include"
                throw CIFailure(text: "include config contains keys that the sandbox does not know: \(word)")
            }
        }
        return CIFile.overlaid(whole, own)
    }

    /// The files of another project, which the pipeline's user must be able to read.
    private func included(
        _ path: String, _ include: JSON, _ project: Project, _ user: User, _ depth: Int, _ foreign: inout JSON
    ) async throws -> JSON {
        let absent = CIFailure(
            text:
                "Project `\(path)` not found or access denied! Make sure any includes in the pipeline configuration are correctly defined."
        )
        guard let holder = try? instance.find(.project, path, for: user), let other = try? instance.project(holder),
            (try? instance.requireCode(holder, for: user)) != nil
        else { throw absent }
        let ref = include["ref"]?.string ?? other.defaultBranch
        guard let sha = try await commit(ref, of: other) else {
            throw CIFailure(text: "Project `\(path)` reference `\(ref)` does not exist!")
        }
        var whole = JSON.object(JSONObject())
        for name in CIFile.lines(include["file"]) {
            let name = String(name.drop { $0 == "/" })
            guard let text = try await file(name, sha, other) else {
                throw CIFailure(text: "Project `\(path)` file `\(name)` does not exist!")
            }
            let part = try await merged(text, sha, other, user, depth: depth + 1, foreign: &foreign)
            if other.id != project.id { foreign = CIFile.overlaid(foreign, part) }
            whole = CIFile.overlaid(whole, part)
        }
        return whole
    }

    /// Makes the pipeline of a ref's last commit.
    ///
    /// - Throws: 400 in GitLab's words where there is none to make.
    @discardableResult
    func start(
        _ ref: String, of project: Project, source: String, given: [String: String] = [:], by user: User, now: Date,
        base: String
    ) async throws -> GitLabThing {
        let name = ref.hasPrefix("refs/heads/") ? String(ref.dropFirst("refs/heads/".count)) : ref
        guard let sha = project.heads[name] ?? project.tags[name] else {
            throw GitLabFailure.validation("base", "Reference not found")
        }
        let path = project.options["ci_config_path"]?.string ?? ""
        guard let text = try await file(path.isEmpty ? ".gitlab-ci.yml" : path, sha, project) else {
            throw GitLabFailure.validation("base", "Missing CI config file")
        }
        let file = await ciFile(text, sha, project, user)
        let log = try await output(project.id, ["log", "--max-count=1", GitLog.format, sha, "--"])
        let page = "\(base)/\(instance.fullPath(.project(project.id)))"
        let commit = GitLog(log, page: page).commits.first?.json ?? .null
        let isTag = project.heads[name] == nil
        let trigger = PipelineTrigger(
            ref: name, isTag: isTag, sha: sha, commit: commit, source: source, given: given, user: user, base: base)
        return try instance.addPipeline(file, trigger, to: project, now: now)
    }

    /// What a new commit on a branch sets off; a file that cannot be read makes a failed pipeline.
    func pushed(_ branch: String, _ commit: String, to id: Int, by user: User, now: Date) async {
        guard let project = instance.projects[id] else { return }
        _ = try? await start(
            branch, of: project, source: "push", by: user, now: now,
            base: "\(instance.settings.scheme)://gitlab.sandbox")
    }
}

extension CIFile {
    /// A file that says only what is wrong.
    static func none(_ error: String) -> CIFile {
        var file = CIFile(.object(JSONObject()))
        file.errors = [error]
        file.merged = .null
        return file
    }
}
