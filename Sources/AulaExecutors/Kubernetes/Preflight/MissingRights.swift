import AulaModel

/// What a user lacks, in words, with the commands that grant it.
struct MissingRights {
    let user: String

    /// What the user may not do with one kind of objects.
    func diagnostic(_ missing: [Right]) -> Diagnostic? {
        guard let first = missing.first else { return nil }
        let verbs = Set(missing.map(\.verb)).sorted().joined(separator: ",")
        return Diagnostic(
            .error, "\(user) may not \(verbs) \(first.resourceName)\(Self.place(missing.map(\.namespace)))",
            hint: "whoever runs the cluster can grant it: "
                + command(
                    "aula-" + (first.subresource.isEmpty ? first.resource : "\(first.resource)-\(first.subresource)"),
                    verbs: verbs, resource: first.resourceName, name: first.name))
    }

    /// Which role the user may not hand out, and what of it is not held.
    func diagnostic(_ grants: [Grant], lacking: Set<Right>) -> Diagnostic? {
        guard let licence = grants.first?.licence, let name = licence.name else { return nil }
        let verbs = Set(grants.map(\.licence.verb)).sorted().joined(separator: ",")
        return Diagnostic(
            .error,
            "\(user) may not hand out the role \(name)\(Self.place(grants.map(\.namespace))) while lacking "
                + Self.list(lacking),
            hint: "whoever runs the cluster can grant that, or the right to hand out this role all the same: "
                + command("aula-\(name)", verbs: verbs, resource: licence.resourceName, name: name))
    }

    private static func place(_ namespaces: [String?]) -> String {
        let namespaces = Set(namespaces.compactMap { $0 }).sorted()
        return switch namespaces.count {
        case 0: ""
        case 1...3: " in " + namespaces.joined(separator: ", ")
        default: " in \(namespaces.prefix(2).joined(separator: ", ")) and \(namespaces.count - 2) more namespaces"
        }
    }

    /// `get,patch deployments.apps, get pods/log and 3 more kinds`.
    private static func list(_ rights: Set<Right>) -> String {
        let kinds = Dictionary(grouping: rights) { $0.resourceName + ($0.name.map { " \($0)" } ?? "") }
            .sorted { $0.key < $1.key }
            .map { "\(Set($0.value.map(\.verb)).sorted().joined(separator: ",")) \($0.key)" }
        guard kinds.count > 4 else { return kinds.joined(separator: ", ") }
        return "\(kinds.prefix(3).joined(separator: ", ")) and \(kinds.count - 3) more kinds"
    }

    private func command(_ role: String, verbs: String, resource: String, name: String?) -> String {
        "kubectl create clusterrole \(role) --verb=\(verbs) --resource=\(resource)"
            + (name.map { " --resource-name=\($0)" } ?? "")
            + " && kubectl create clusterrolebinding \(role) --clusterrole=\(role) \(subject)"
    }

    /// `system:serviceaccount:NAMESPACE:NAME` is an account of the cluster, which kubectl spells differently.
    private var subject: String {
        let parts = user.split(separator: ":")
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return "--user='\(user)'" }
        return "--serviceaccount=\(parts[2]):\(parts[3])"
    }
}
