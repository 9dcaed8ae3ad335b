import AulaModel

/// Which cloud `az` is pointed at: asked once, since a command does not change it.
actor AzureCloudName {
    private let client: AzureClient
    private var answer: Task<Bool?, Never>?

    init(client: AzureClient) {
        self.client = client
    }

    /// Whether the subscription is one of a sandbox; nil where `az` does not say.
    func isSandbox() async -> Bool? {
        let current = answer ?? Task { [client] in await Self.ask(client) }
        answer = current
        return await current.value
    }

    private static func ask(_ client: AzureClient) async -> Bool? {
        guard case .found(let account)? = try? await client.call(["account", "show", "--query", "environmentName"]),
            let name = account.string
        else { return nil }
        return name.lowercased().contains("sandbox")
    }
}
