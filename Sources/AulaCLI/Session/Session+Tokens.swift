import AulaEngine
import AulaExecutors
import AulaModel
import AulaPlanner
import AulaTools

extension Session {
    /// Tries live tokens against the cluster itself, without the teacher's credentials.
    func tryTokens(
        _ observation: Observation, includes: @escaping @Sendable (DeployerToken) -> Bool
    ) async -> [TokenFinding] {
        let live = TokenGenerations(loaded.blueprint, observation).tokens.filter { $0.isLive && includes($0) }
        guard let cluster = try? await contact.connection.address() else {
            return live.map { TokenFinding(token: $0, result: .unknown("the cluster cannot be reached")) }
        }
        do {
            let transport = try HTTPClientTransport(environment: console.environment, authorities: cluster.certificates)
            let check = TokenCheck(TokenTrial(server: cluster.server, transport: transport), loaded.blueprint)
            let findings = await check.run(observation, includes: includes)
            await transport.close()
            return findings
        } catch {
            return live.map { TokenFinding(token: $0, result: .unknown("\(error)")) }
        }
    }
}
