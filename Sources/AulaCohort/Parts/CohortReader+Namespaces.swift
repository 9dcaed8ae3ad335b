import AulaModel

extension CohortReader {
    /// Namespaces are built of several names: they may become too long together, or the same.
    mutating func checkNamespaces(of cohort: Cohort, at place: Place) {
        var owners: [String: (owner: String, place: Place)] = ["\(cohort.name)-aula": ("aula's own things", place)]
        for component in cohort.components where component.shared != nil {
            let place = component.place ?? place
            checkLength("\(cohort.name)-\(component.name)", of: cohort, "the component `\(component.name)`", at: place)
            for environment in cohort.environments {
                owners["\(cohort.name)-\(component.name)-\(environment.name)"] = (
                    "the shared component `\(component.name)`", place
                )
            }
        }
        for group in cohort.groups {
            let place = places["groups.\(group.key)"] ?? places["groups"] ?? place
            let owner = "the group `\(group.key)`"
            guard checkLength("\(cohort.name)-\(group.key)", of: cohort, owner, at: place) else { continue }
            for environment in cohort.environments {
                let namespace = "\(cohort.name)-\(group.key)-\(environment.name)"
                guard let other = owners.updateValue((owner, place), forKey: namespace) else { continue }
                // Twins are reported as such already.
                guard other.owner != owner else { break }
                error(
                    "\(owner) and \(other.owner) would share the namespace `\(namespace)`", at: place,
                    hint: "rename one of them; the other one is in line \(other.place.line)")
            }
        }
    }

    /// Says once that the longest of a group's or a component's namespaces is too long.
    @discardableResult
    private mutating func checkLength(_ prefix: String, of cohort: Cohort, _ owner: String, at place: Place) -> Bool {
        guard let environment = cohort.environments.max(by: { $0.name.utf8.count < $1.name.utf8.count }) else {
            return true
        }
        let namespace = "\(prefix)-\(environment.name)"
        guard namespace.utf8.count > Slug.limit else { return true }
        error(
            "the namespace of \(owner), `\(namespace)`, has \(namespace.utf8.count) characters; at most \(Slug.limit) are possible",
            at: place, hint: "shorten the name of the cohort, of the environment, or this one")
        return false
    }
}
