import AulaEngine
import AulaModel
import Foundation

/// Files of the class's own project, which teams' pipelines include and only staff may change.
///
/// Body: `path`, `version` (a hash of the content). Late: `content`, given by whoever expanded the cohort, and
/// `project_id` (neither is compared). Attributes: the same, and `commit`, the last one that touched it. Whose change
/// it was is told where that commit does not bear our mark.
struct FileKind: GitLabPart {
    static let kind = ResourceKind.gitlabFile
    static let holder = ResourceKind.gitlabProject
    static let list = "repository/files"
    let client: GitLabClient

    init(_ session: GitLabSession) { client = session.client }

    static func concerns(_ holder: GitLabHolder) -> Bool { holder.address == holder.blueprint.cohort.pipelinesProject }

    static func entries(of holder: GitLabHolder, _ client: GitLabClient) async throws -> [JSON] {
        let wanted = holder.blueprint.resources.filter { $0.address.is(kind) && $0.body["path"] != nil }
        var entries: [JSON] = []
        for resource in wanted {
            let path = resource.body["path"]?.string ?? ""
            do {
                var entry = try await client.get(
                    "\(holder.path)/repository/files/\(path.pathSegment)", query: [("ref", branch(holder.json))])
                let version = version(of: entry)
                entry["version"] = version
                if version != resource.body["version"], let commit = entry["last_commit_id"]?.string {
                    entry["last_commit"] = try await client.get("\(holder.path)/repository/commits/\(commit)")
                }
                entries.append(entry)
            } catch let failure as GitLabFailure where failure.isMissing {
                continue
            }
        }
        return entries
    }

    private static func branch(_ project: JSON) -> String { project["default_branch"]?.string ?? "main" }

    private static func version(of file: JSON) -> JSON {
        guard let content = file["content"]?.string.flatMap({ Data(base64Encoded: $0) }) else { return .null }
        return .string(FNV1a(String(decoding: content, as: UTF8.self)).text)
    }

    static func observed(_ json: JSON, in holder: GitLabHolder) -> (address: Address, thing: Observed)? {
        guard let path = json["file_path"]?.string else { return nil }
        var thing = Observed(
            identity: "\(holder.path)/repository/files/\(path.pathSegment)",
            attributes: [
                "branch": .string(branch(holder.json)), "commit": json["last_commit_id"] ?? .null,
                "path": .string(path), "version": json["version"] ?? .null,
            ], mark: holder.blueprint.mark, ending: .keep)
        let message = json[["last_commit", "message"]]?.string
        if let message, MarkedDescription(message).mark?.isSameEdition(as: holder.blueprint.mark) != true {
            let author = json[["last_commit", "author_name"]]?.string ?? "somebody"
            thing.managers = [FieldManager(name: author, operation: "Commit", fields: .null)]
        }
        return (holder.address.gitlab(kind, path), thing)
    }

    func create(_ step: Step) async throws -> StepResult {
        let files = "projects/\(try number("project_id", step))/repository/files"
        let path = step.body["path"]?.string ?? ""
        do {
            try await client.write(
                "POST", "\(files)/\(path.pathSegment)", body: body(step, branch: "main", "Adds \(path)"))
            return StepResult()
        } catch let failure as GitLabFailure where failure.text.contains("already exists") {
            // The answer of an earlier attempt was lost.
            return StepResult(wasDone: true)
        }
    }

    /// Written over the very commit that was seen, so that nobody's newer change is lost.
    func update(_ step: Step) async throws -> StepResult {
        let observed = step.change.observed?.attributes ?? .null
        var body = body(
            step, branch: observed["branch"]?.string ?? "main", "Brings \(step.body["path"]?.string ?? "") up to date")
        body["last_commit_id"] = observed["commit"]
        try await client.write("PUT", try path(step), body: body)
        return StepResult()
    }

    private func body(_ step: Step, branch: String, _ title: String) -> JSON {
        var message = MarkedDescription(title)
        message.mark = step.mark
        return [
            "branch": .string(branch), "commit_message": .string(message.description),
            "content": step.body["content"] ?? "",
        ]
    }

    func release(_ step: Step) async throws -> StepResult { StepResult(wasDone: true) }
}
