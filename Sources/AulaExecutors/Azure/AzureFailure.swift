import AulaEngine

/// Reads what `az` prints when it does not succeed; measured with Azure CLI 2.91.
enum AzureFailure {
    /// Exit status 3 is any 404, that of a subscription as well, which proves nothing about what is inside.
    static func provesAbsence(_ text: String) -> Bool {
        ["(ResourceNotFound)", "(ResourceGroupNotFound)", "(NotFound)"].contains { text.contains($0) }
    }

    static func error(_ error: ToolError, doing arguments: [String]) -> ExecutionError {
        let name = AzureClient.name(arguments)
        return switch error {
        case .notFound(_, let tried):
            ExecutionError(
                "az cannot be run (\(tried))",
                hint: "install the Azure CLI (`make tools`), or name it in AULA_AZ")
        case .timedOut(_, let limit): ExecutionError("az \(name) did not end within \(limit)", retry: .backoff)
        case .outputTooLarge(_, let limit): ExecutionError("az \(name) printed more than \(limit >> 20) MiB")
        case .endedEarly(_, let text): ExecutionError("az \(name) ended early: \(text)", retry: .backoff)
        }
    }

    static func error(_ text: String, doing name: String, subscription: String) -> ExecutionError {
        let reason = reason(text)
        for (signs, hint, retry) in known where signs.contains(where: { text.contains($0) }) {
            return ExecutionError("az \(name): \(reason)", hint: hint, retry: retry)
        }
        return ExecutionError("az \(name): \(reason)")
    }

    /// The first line that says something, without `ERROR: `.
    static func reason(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let line =
            lines.first { $0.hasPrefix("ERROR: ") } ?? lines.first { !$0.hasPrefix("WARNING: ") } ?? "no reason given"
        let sentence = line.hasPrefix("ERROR: ") ? String(line.dropFirst("ERROR: ".count)) : line
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private static let known: [(signs: [String], hint: String, retry: ExecutionError.Retry)] = [
        (["az login", "AADSTS"], "run `az login`, then the same command again", .never),
        (
            ["Subscription '", "(SubscriptionNotFound)", "doesn't exist in cloud"],
            "run `az account list`, and log in to the account that owns azure.subscription or correct it", .never
        ),
        (
            ["(AuthorizationFailed)", "(Forbidden)"],
            "ask the subscription's owner for the role Contributor on it", .never
        ),
        (
            ["Quota", "quota"],
            "take a smaller azure.cluster.nodeSize or fewer nodes, another azure.location, or ask Azure for more cores",
            .never
        ),
        (
            ["(LocationNotAvailable", "(InvalidResourceGroupLocation)"],
            "correct azure.location; `az account list-locations` names them", .never
        ),
        (["(VMSizeNot", "(SkuNotAvailable)"], "take another azure.cluster.nodeSize or azure.location", .never),
        (["(RequestDisallowedByPolicy)"], "ask the subscription's owner about its policies", .never),
        (
            ["(Throttled)", "(TooManyRequests)", "(OperationNotAllowed)", "(AnotherOperationInProgress)"],
            "the service is busy with it; the same command can be run again", .after(.seconds(20))
        ),
        (
            [
                "Connection", "connection", "timed out", "(InternalServerError)", "(ServiceUnavailable)",
                "(GatewayTimeout)",
            ],
            "check the network, then run the same command again", .backoff
        ),
    ]
}
