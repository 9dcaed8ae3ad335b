import AulaEngine
import AulaModel

/// Asks the cluster, before the first write, whether this user may do what a plan will do.
///
/// A question for every change would be thousands. Each kind and verb is asked once for all namespaces; only what is
/// not allowed there is asked for each namespace that the plan touches.
struct KubernetesPreflight: Sendable {
    let api: KubernetesAPI
    let patience: Patience
    let catalogue: KindCatalogue
    let plan: Plan

    /// - Returns: an error for each kind of objects that lacks a right, and for each role that may not be given, with
    ///   the command that grants it. A server that does not answer such questions has nothing to say here: the run
    ///   itself will tell.
    func run() async -> [Diagnostic] {
        let needed = await RightsNeeded(plan) { try? await catalogue.kind($0, in: api, patience: patience) }
        let missing = await missing(of: needed.rights.union(needed.grants.map(\.licence)))
        let plain = Dictionary(grouping: missing.intersection(needed.rights)) { "\($0.resourceName) \($0.name ?? "")" }
        let grants = await overreaching(needed.grants.filter { missing.contains($0.licence) })
        guard !plain.isEmpty || !grants.isEmpty else { return [] }
        let words = MissingRights(user: await userName())
        return plain.sorted { $0.key < $1.key }.compactMap { words.diagnostic($0.value.sorted()) }
            + Dictionary(grouping: grants) { "\($0.grant.licence.resource) \($0.grant.licence.name ?? "")" }
            .sorted { $0.key < $1.key }
            .compactMap { words.diagnostic($0.value.map(\.grant), lacking: Set($0.value.flatMap(\.lacking))) }
    }

    // MARK: What is handed out

    /// Of grants without a licence, those that hand out more than the user holds.
    ///
    /// The server compares with its own roles; a right that the user has by other means (Azure's roles, a webhook)
    /// counts here and may still be refused.
    private func overreaching(_ grants: [Grant]) async -> [(grant: Grant, lacking: Set<Right>)] {
        let written = Dictionary(
            plan.changes.compactMap { change in change.desired.map { (change.address, $0.body["rules"] ?? []) } },
            uniquingKeysWith: { first, _ in first })
        let handedOut = await concurrently(grants) { grant -> Set<Right> in
            if let rules = grant.rules ?? written[grant.role] { return grant.rights(in: rules) }
            return grant.rights(in: await liveRules(grant.path))
        }
        let lacking = await missing(of: handedOut.reduce(into: []) { $0.formUnion($1) })
        return zip(grants, handedOut).compactMap { grant, rights in
            let lacking = rights.intersection(lacking)
            return lacking.isEmpty ? nil : (grant, lacking)
        }
    }

    /// Of a role that cannot be read nothing is known.
    private func liveRules(_ path: String) async -> JSON {
        guard let answer = try? await api.read(path, patience: patience), answer.status == 200 else { return [] }
        return (try? JSON(parsing: answer.body))?["rules"] ?? []
    }

    // MARK: Questions

    private func missing(of rights: Set<Right>) async -> Set<Right> {
        let refusedEverywhere = await refused(Set(rights.map(\.everywhere)))
        return await refused(rights.filter { refusedEverywhere.contains($0.everywhere) })
    }

    private func refused(_ rights: Set<Right>) async -> Set<Right> {
        let answers = await concurrently(rights.sorted()) { right in await isRefused(right) ? right : nil }
        return Set(answers.compactMap { $0 })
    }

    private func isRefused(_ right: Right) async -> Bool {
        let answer = await ask("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", right.review)
        return answer?[["status", "allowed"]] == false
    }

    private func userName() async -> String {
        let answer = await ask(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            ["apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"])
        return answer?[["status", "userInfo", "username"]]?.string ?? "YOUR_USER"
    }

    private func ask(_ path: String, _ body: JSON) async -> JSON? {
        guard let answer = try? await api.send("POST", path, body: body), answer.status == 201 else { return nil }
        return try? JSON(parsing: answer.body)
    }
}
