import AulaModel
import AulaYAML

extension CohortReader {
    /// Namespaces are built of several names: they may become too long together, or the same.
    mutating func checkNamespaces(of cohort: Cohort, at position: SourcePosition) {
        var owners: [String: (owner: String, position: SourcePosition)] = [
            cohort.ownNamespace: ("aula's own things", position)
        ]
        for component in cohort.components where component.shared != nil {
            let position = component.position ?? position
            let namespaces = cohort.environments.map { cohort.serverNamespace(of: component, in: $0) }
            checkLength(namespaces, of: "the component `\(component.name)`", at: position)
            for namespace in namespaces { owners[namespace] = ("the shared component `\(component.name)`", position) }
        }
        for group in cohort.groups {
            let position = positions["groups.\(group.key)"] ?? positions["groups"] ?? position
            let owner = "the group `\(group.key)`"
            if cohort.gitlab != nil, [group.key, group.path].contains(ClassMemory.projectName) {
                error(
                    "`\(ClassMemory.projectName)` is the name of aula's own project in GitLab", at: position,
                    hint: "give the group another name")
            }
            let namespaces = cohort.environments.map { cohort.namespace(of: group, in: $0) }
            guard checkLength(namespaces, of: owner, at: position) else { continue }
            for namespace in namespaces {
                guard let other = owners.updateValue((owner, position), forKey: namespace) else { continue }
                // Twins are reported as such already.
                guard other.owner != owner else { break }
                error(
                    "\(owner) and \(other.owner) would share the namespace `\(namespace)`", at: position,
                    hint: "rename one of them; the other one is in line \(other.position.line)")
            }
        }
    }

    /// Says once that the longest of a group's or a component's namespaces is too long.
    @discardableResult
    private mutating func checkLength(_ namespaces: [String], of owner: String, at position: SourcePosition) -> Bool {
        guard let namespace = namespaces.max(by: { $0.utf8.count < $1.utf8.count }),
            namespace.utf8.count > Slug.limit
        else { return true }
        error(
            "the namespace of \(owner), `\(namespace)`, has \(namespace.utf8.count) characters; at most \(Slug.limit) are possible",
            at: position, hint: "shorten the name of the cohort, of the environment, or this one")
        return false
    }
}
