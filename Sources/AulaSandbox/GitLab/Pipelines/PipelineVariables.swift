import AulaModel

/// The variables that GitLab gives to a pipeline and its jobs.
extension GitLabInstance {
    /// What is known before any job runs, and rules may ask for.
    func pipelineVariables(_ pipeline: GitLabThing, _ project: Project) -> [String: String] {
        let holder = Holder.project(project.id)
        let (ref, sha, base) = (pipeline.text("ref"), pipeline.text("sha"), pipeline.text("base"))
        let path = fullPath(holder)
        let host = base.split(separator: "/").last.map(String.init) ?? ""
        let kind = pipeline.flag("tag") ? "TAG" : "BRANCH"
        return [
            "CI": "true", "GITLAB_CI": "true", "CI_COMMIT_SHA": sha, "CI_COMMIT_SHORT_SHA": String(sha.prefix(8)),
            "CI_COMMIT_REF_NAME": ref, "CI_COMMIT_REF_SLUG": Self.refSlug(ref), "CI_COMMIT_\(kind)": ref,
            "CI_COMMIT_REF_PROTECTED": String(isProtected(pipeline, holder)),
            "CI_DEFAULT_BRANCH": project.defaultBranch,
            "CI_COMMIT_TITLE": pipeline["commit"]["title"]?.string ?? "",
            "CI_COMMIT_MESSAGE": pipeline["commit"]["message"]?.string ?? "",
            "CI_PIPELINE_ID": String(pipeline.id), "CI_PIPELINE_IID": String(pipeline.iid ?? 0),
            "CI_PIPELINE_SOURCE": pipeline.text("source"), "CI_PROJECT_ID": String(project.id),
            "CI_PROJECT_NAME": project.path, "CI_PROJECT_TITLE": project.name, "CI_PROJECT_PATH": path,
            "CI_PROJECT_PATH_SLUG": Self.refSlug(path), "CI_PROJECT_NAMESPACE": namespacePath(project.namespace),
            "CI_PROJECT_ROOT_NAMESPACE": String(path.prefix { $0 != "/" }), "CI_PROJECT_URL": "\(base)/\(path)",
            "CI_PROJECT_VISIBILITY": project.visibility, "CI_SERVER": "yes", "CI_SERVER_URL": base,
            "CI_SERVER_HOST": host.split(separator: ":").first.map(String.init) ?? "", "CI_SERVER_NAME": "GitLab",
            "CI_API_V4_URL": "\(base)/api/v4", "CI_REGISTRY": "registry.\(host)",
            "CI_REGISTRY_IMAGE": "registry.\(host)/\(path)".lowercased(),
            "GITLAB_USER_LOGIN": users[pipeline.author]?.username ?? "",
            "GITLAB_USER_NAME": users[pipeline.author]?.name ?? "",
            "GITLAB_USER_EMAIL": users[pipeline.author]?.email ?? "",
        ]
    }

    /// Whether a pipeline's ref is protected, so that protected variables reach it.
    func isProtected(_ pipeline: GitLabThing, _ holder: Holder) -> Bool {
        let path = pipeline.flag("tag") ? "protected_tags" : "protected_branches"
        return !protections(path, of: pipeline.text("ref"), in: holder).isEmpty
    }

    /// A name as a host name can hold it: at most 63 characters, without dashes at its ends.
    static func refSlug(_ text: String) -> String {
        let dashed = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(String(dashed).prefix(63)).trimmingDashes
    }

    /// The variables of groups and project that reach a job of an environment; the nearest and most exact win.
    ///
    /// Files are told apart: a runner writes them and gives their paths.
    func secretVariables(_ holder: Holder, environment: String?, protected: Bool) -> [GitLabThing] {
        var found: [String: GitLabThing] = [:]
        for holder in ancestors(of: holder).reversed() + [holder] {
            let reaching = things("variables", of: holder).filter { variable in
                let scope = variable.text("environment_scope")
                guard protected || !variable.flag("protected") else { return false }
                return scope == "*" || environment.map { Self.matches($0, scope) } ?? false
            }
            for variable in reaching.sorted(by: {
                $0.text("environment_scope").count < $1.text("environment_scope").count
            }) {
                found[variable.text("key")] = variable
            }
        }
        return found.values.sorted { $0.text("key") < $1.text("key") }
    }

    /// Whether a scope with stars names an environment.
    static func matches(_ name: String, _ scope: String) -> Bool {
        let parts = scope.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == scope }
        guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    /// A text with its variables put in, as `environment: name` and `url` allow.
    static func expanded(_ text: String, _ variables: [String: String]) -> String {
        text.replacing(/\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?/) { variables[String($0.output.1)] ?? "" }
    }
}

extension String {
    fileprivate var trimmingDashes: String {
        String(drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed())
    }
}
