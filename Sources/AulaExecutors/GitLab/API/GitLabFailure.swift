import AulaEngine
import AulaModel

/// A request that GitLab did not grant, or did not answer.
struct GitLabFailure: Error {
    /// Nil where there was no answer.
    var status: Int?
    /// GitLab's words, or the connection's.
    var text: String
    var retry: ExecutionError.Retry = .never
    /// A write that may have been carried out all the same.
    var mayBeDone = false
    /// Nothing was sent: nobody is there.
    var unreachable = false

    init(status: Int?, text: String) {
        self.status = status
        self.text = text
    }

    /// GitLab said earlier that it takes no more requests until then.
    init(allowanceUsedUpFor pause: Duration) {
        self.init(status: 429, text: "no more requests for now")
        retry = .after(pause)
    }

    init(_ response: APIResponse) {
        status = response.status
        text = Self.words(of: response)
        switch response.status {
        case 429: retry = .after(RateLimit.retryAfter(response) ?? .seconds(30))
        case 409 where text.lowercased().contains("lock"): retry = .backoff
        case 500, 502, 503, 504:
            retry = RateLimit.retryAfter(response).map { .after($0) } ?? .backoff
            mayBeDone = true
        default: break
        }
    }

    init(_ error: TransportError, isRead: Bool) {
        retry = .backoff
        switch error {
        case .cannotConnect(let reason):
            text = reason
            unreachable = true
        case .connectionLost(let reason):
            text = "the connection broke: \(reason)"
            mayBeDone = !isRead
        case .timedOut(let limit):
            text = "no answer within \(limit)"
            mayBeDone = !isRead
        case .answerTooLarge(let limit):
            text = "the answer is larger than \(limit >> 20) MiB"
            retry = .never
        }
    }

    /// A unique name is in use.
    var isTaken: Bool {
        status == 400 && (text.contains("already been taken") || text.contains("duplicated environment scope"))
            || status == 409 && text.contains("already exists")
    }

    var isMissing: Bool { status == 404 }

    /// GitLab puts its reason under `message` or `error`: a text, a list, or lists by field.
    private static func words(of response: APIResponse) -> String {
        guard let body = try? JSON(parsing: response.body), body.object != nil else {
            let text = String(decoding: response.body.prefix(200), as: UTF8.self)
            return text.isEmpty || text.contains("<") ? "HTTP \(response.status)" : text
        }
        if let reason = body["error_description"]?.string { return reason }
        return flat(body["message"] ?? body["error"] ?? .string("HTTP \(response.status)"))
    }

    private static func flat(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .array(let items): items.map(flat).joined(separator: ", ")
        case .object(let object): object.members.map { "\($0.key) \(flat($0.value))" }.joined(separator: "; ")
        default: value.text
        }
    }
}

extension GitLabFailure {
    /// The failure in words for the user, with the next step.
    func error(doing what: String, at client: GitLabClient) -> ExecutionError {
        let (message, hint) = sentence(doing: what, host: client.host, url: client.url)
        return ExecutionError(message, hint: hint, retry: retry)
    }

    /// GitLab.com lets one user make 200 groups and 200 projects a day, and then asks for up to a day of patience.
    private static func later(_ retry: ExecutionError.Retry) -> String {
        guard case .after(let pause) = retry else { return "later" }
        let minutes = (pause.components.seconds + 59) / 60
        return minutes < 120 ? "in \(minutes) min" : "in \((minutes + 59) / 60) hours"
    }

    private func sentence(doing what: String, host: String, url: String) -> (message: String, hint: String?) {
        switch status {
        case nil where unreachable:
            (
                "GitLab cannot be reached at \(url): \(text)",
                "check gitlab.url in the cohort file (or AULA_GITLAB_URL), the network, and for an authority of "
                    + "your own AULA_CA_FILE"
            )
        case nil: ("\(what): \(text)", "run the same command again: it picks up from here")
        case 401:
            (
                "GitLab at \(host) refuses the token (401)",
                "make a personal access token with the scope `api` there and export it as GITLAB_TOKEN"
            )
        case 403:
            (
                "\(what): GitLab at \(host) does not allow it (403): \(text)",
                "the token needs the scope `api`, and its user must own the cohort's group"
            )
        case 429:
            (
                "\(what): GitLab at \(host) asks to slow down (429)",
                "run the same command again \(Self.later(retry)): it picks up from here"
            )
        case .some(let status): ("\(what): GitLab says \(status): \(text)", nil)
        }
    }
}
