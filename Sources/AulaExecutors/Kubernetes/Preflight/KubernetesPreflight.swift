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

    /// - Returns: an error for each kind of objects that lacks a right, with the command that grants it. A server that
    ///   does not answer such questions has nothing to say here: the run itself will tell.
    func run() async -> [Diagnostic] {
        let needed = await needed()
        guard !needed.isEmpty else { return [] }
        let refusedEverywhere = await refused(Set(needed.map(\.everywhere)))
        let missing = await refused(needed.filter { refusedEverywhere.contains($0.everywhere) })
        guard !missing.isEmpty else { return [] }
        let user = await userName()
        return Dictionary(grouping: missing, by: \.resourceName).sorted { $0.key < $1.key }.map {
            Self.diagnostic($0.key, $0.value.sorted(), user: user)
        }
    }

    // MARK: What the plan needs

    private func needed() async -> Set<Right> {
        var rights: Set<Right> = []
        for change in plan.changes where change.address.system == .kubernetes {
            guard let manifest = change.desired?.body ?? change.observed?.attributes,
                let name = KindCatalogue.Name(manifest),
                // A kind that the cluster does not have is an error of its own.
                let kind = try? await catalogue.kind(name, in: api, patience: patience)
            else { continue }
            let namespace = kind.isNamespaced ? manifest[["metadata", "namespace"]]?.string : nil
            for verb in change.verbs {
                rights.insert(Right(verb: verb, group: kind.group, resource: kind.plural, namespace: namespace))
            }
        }
        guard !rights.isEmpty else { return rights }
        let lease = ObjectKind.lease
        for verb in ["create", "delete", "get", "update"] {
            rights.insert(
                Right(
                    verb: verb, group: lease.group, resource: lease.plural, namespace: plan.mark.ownNamespace))
        }
        return rights
    }

    // MARK: Questions

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

    // MARK: Findings

    private static func diagnostic(_ resource: String, _ missing: [Right], user: String) -> Diagnostic {
        let verbs = Set(missing.map(\.verb)).sorted().joined(separator: ",")
        let namespaces = Set(missing.compactMap(\.namespace)).sorted()
        let place =
            switch namespaces.count {
            case 0: ""
            case 1...3: " in " + namespaces.joined(separator: ", ")
            default: " in \(namespaces.prefix(2).joined(separator: ", ")) and \(namespaces.count - 2) more namespaces"
            }
        let role = "aula-" + (missing.first?.resource ?? "all")
        return Diagnostic(
            .error, "\(user) may not \(verbs) \(resource)\(place)",
            hint: "whoever runs the cluster can grant it: kubectl create clusterrole \(role) --verb=\(verbs) "
                + "--resource=\(resource) && kubectl create clusterrolebinding \(role) --clusterrole=\(role) "
                + "\(subject(user))")
    }

    /// `system:serviceaccount:NAMESPACE:NAME` is an account of the cluster, which kubectl spells differently.
    private static func subject(_ user: String) -> String {
        let parts = user.split(separator: ":")
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return "--user='\(user)'" }
        return "--serviceaccount=\(parts[2]):\(parts[3])"
    }
}
