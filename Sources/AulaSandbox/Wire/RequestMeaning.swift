import AulaModel

/// Whether a request changes something, by what it means rather than by its method.
///
/// Logins, reads that are sent by POST, questions about rights, dry runs and the traffic of locks change nothing that
/// a class consists of. A request that means to write is a write whatever its answer.
package enum RequestMeaning {
    package static func isWrite(_ request: SandboxRequest, to system: SandboxSystem) -> Bool {
        guard !["GET", "HEAD", "OPTIONS"].contains(request.method.uppercased()) else { return false }
        let segments = request.segments.map { $0.lowercased() }
        return switch system {
        case .azure: writesAzure(request, segments)
        case .kubernetes: writesKubernetes(request, segments)
        case .gitlab: writesGitLab(request, segments)
        }
    }

    private static func writesAzure(_ request: SandboxRequest, _ segments: [String]) -> Bool {
        guard request.method.uppercased() == "POST", let last = segments.last else { return true }
        // Every login ends in …/oauth2/v2.0/token or …/oauth2/token; `list…` actions hand out what is there.
        let reads = ["token", "query", "checknameavailability", "validate", "whatif", "exporttemplate", "forecast"]
        return !reads.contains(last) && !last.hasPrefix("list")
    }

    private static func writesKubernetes(_ request: SandboxRequest, _ segments: [String]) -> Bool {
        if request.query.contains(where: { $0.name == "dryRun" }) { return false }
        let questions: Set = [
            "selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews", "subjectaccessreviews",
            "localsubjectaccessreviews", "tokenreviews",
        ]
        if let last = segments.last, questions.contains(last) { return false }
        return !(segments.contains("coordination.k8s.io") && segments.contains("leases"))
    }

    private static func writesGitLab(_ request: SandboxRequest, _ segments: [String]) -> Bool {
        if segments == ["oauth", "token"] { return false }
        // What a clone or a fetch asks for.
        if segments.last == "git-upload-pack" { return false }
        if segments == ["api", "graphql"] {
            let query = (try? JSON(parsing: request.body))?["query"]?.string ?? ""
            return query.drop { $0.isWhitespace }.hasPrefix("mutation")
        }
        if let last = segments.last, ["markdown", "lint"].contains(last) { return false }
        guard let variables = segments.lastIndex(of: "variables") else { return true }
        if variables + 1 < segments.count { return segments[variables + 1] != lockVariable.lowercased() }
        return !bodyNamesLock(request)
    }

    /// The GitLab variable that is a lock; see the design's chapter on executors.
    private static let lockVariable = "AULA_LOCK"

    private static func bodyNamesLock(_ request: SandboxRequest) -> Bool {
        if let json = try? JSON(parsing: request.body) { return json["key"]?.string == lockVariable }
        return String(decoding: request.body, as: UTF8.self).split(separator: "&").contains("key=\(lockVariable)")
    }
}
