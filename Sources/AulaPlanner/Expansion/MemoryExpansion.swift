import AulaModel
import OrderedCollections

/// Where the class's memory is kept, once in GitLab and once in the cluster: either outlives the other.
extension Expander {
    /// aula's own project in the class group: private, so that it is seen by who is a member of that very group.
    ///
    /// Builds stay on, because GitLab's variables belong to them; without a commit there is no pipeline.
    mutating func addOwnProject() {
        guard cohort.gitlab != nil else { return }
        var closed: JSON = [:]
        for feature in ["forking", "issues", "merge_requests", "snippets", "wiki"] {
            closed["\(feature)_access_level"] = "disabled"
        }
        add(
            Resource(
                address: cohort.mark.ownProject,
                body: [
                    "archived": false, "deleted_on": .null, "name": .string(ClassMemory.projectName),
                    "path": .string(ClassMemory.projectName), "visibility": "private",
                ],
                late: [.route("namespace_id", cohort.rootGroupAddress)],
                lifecycle: Lifecycle(initial: closed, ending: .keep)))
    }

    /// The memory of all groups and projects; last of all, when they have been decided.
    mutating func addMemory() {
        for resource in Self.memory(of: cohort, Array(resources.keys)) { add(resource) }
    }

    /// What remembers the groups and projects among these: in GitLab, and in each cluster.
    static func memory(of cohort: Cohort, _ addresses: [Address]) -> [Resource] {
        guard cohort.gitlab != nil else { return [] }
        let parts = ClassMemory.parts(of: addresses.filter { $0.is(.gitlabGroup) || $0.is(.gitlabProject) })
        let variables = parts.enumerated().map { index, members in
            let key = ClassMemory.key(ofPart: index)
            return Resource(
                address: cohort.mark.ownProject.gitlab(.gitlabVariable, key, environment: ClassMemory.scope),
                body: [
                    "environment_scope": .string(ClassMemory.scope), "key": .string(key), "masked": false,
                    "protected": true, "raw": true, "variable_type": "env_var",
                ],
                late: [
                    LateField(path: ["value"], value: .memory(members), secret: false),
                    .route("project_id", cohort.mark.ownProject),
                ], lifecycle: Lifecycle(ending: .keep))
        }
        let name = ClassMemory.configMapName
        // Beside the root and not in it, because pipelines' variables wait for the root.
        let configMap = Resource(
            address: .kubernetes("ConfigMap", cohort.ownNamespace, name),
            body: [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": [
                    "labels": [
                        "app.kubernetes.io/managed-by": "aula", "aula.dev/cohort": .string(cohort.mark.cohort),
                        "aula.dev/id": .string(cohort.mark.id),
                    ], "name": .string(name), "namespace": .string(cohort.ownNamespace),
                ],
            ],
            late: parts.enumerated().map { index, members in
                LateField(path: ["data", ClassMemory.key(ofPart: index)], value: .memory(members), secret: false)
            },
            container: .namespace(cohort.ownNamespace))
        return variables + cohort.parts.map { part in configMap.readdressed { $0.inCluster(part.site) } }
    }
}
