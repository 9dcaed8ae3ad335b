import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaTokens

extension Session {
    /// Tries live tokens against their own clusters, without the teacher's credentials.
    func tryTokens(
        _ observation: Observation, includes: @escaping @Sendable (DeployerToken) -> Bool
    ) async -> [TokenFinding] {
        var findings: [TokenFinding] = []
        for cluster in systems.clusters {
            findings += await tryTokens(of: cluster, observation) { $0.name.site == cluster.site && includes($0) }
        }
        return findings
    }

    private func tryTokens(
        of cluster: Systems.Cluster, _ observation: Observation, includes: @escaping @Sendable (DeployerToken) -> Bool
    ) async -> [TokenFinding] {
        let live = TokenGenerations(loaded.blueprint, observation).tokens.filter { $0.isLive && includes($0) }
        guard let address = try? await cluster.connection.address() else {
            return live.map { TokenFinding(token: $0, result: .unknown("the cluster cannot be reached")) }
        }
        if let obstacle = address.obstacle {
            console.note("hint: \(Self.wayOut)")
            return live.map { TokenFinding(token: $0, result: .unknown(obstacle)) }
        }
        do {
            let transport = try surroundings.transport(address.certificates)
            let check = TokenCheck(TokenTrial(server: address.server, transport: transport), loaded.blueprint)
            let findings = await check.run(observation, includes: includes)
            await transport.close()
            return findings
        } catch {
            return live.map { TokenFinding(token: $0, result: .unknown("\(error)")) }
        }
    }

    /// A token that cannot be tried must not replace one that works.
    ///
    /// - Throws: `DiagnosticError` where the kubeconfig's way to a cluster is not open to a token.
    func requireTrials() async throws {
        for cluster in systems.clusters {
            guard let obstacle = try? await cluster.connection.address().obstacle else { continue }
            throw DiagnosticError("new tokens cannot be tried: \(obstacle)", hint: Self.wayOut)
        }
    }

    private static let wayOut =
        "set KUBECONFIG to a file that names the API server by its own URL and certificate-authority-data, "
        + "as pipelines reach it"
}
