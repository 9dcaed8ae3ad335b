import AulaEngine
import AulaModel
import AulaTestSupport

/// Plans and runs as a class of a few groups has them.
enum Sample {
    static let mark = Mark(cohort: "memo2", id: "m2k7q9xd")

    static let targets = [
        Target(
            system: .azure,
            description:
                "subscription 00000000-0000-0000-0000-000000000000, resource group memo2, cluster cluster-memo2-prod"),
        Target(system: .kubernetes, description: "cluster-memo2-prod, with its own credentials"),
        Target(system: .gitlab, description: "https://gitlab.com, group memo2-fiuba/2020-2c"),
    ]

    static func create(_ address: Address, _ group: String? = nil, _ environment: String? = nil) -> Change {
        Change(
            address: address, action: .create,
            slot: Slot(group: group, environment: environment))
    }

    /// What one group gets.
    static func creations(of group: String) -> [Change] {
        let projects = ["api", "bot"]
        var changes = [create("gitlab/group/memo2/\(group)", group)]
        changes += projects.map { create("gitlab/project/memo2/\(group)/\($0)", group) }
        for environment in ["test", "prod"] {
            let namespace = "memo2-\(group)-\(environment)"
            func kubernetes(_ kind: String, _ name: String) -> Change {
                create("kubernetes/\(kind)/\(namespace)/\(name)", group, environment)
            }
            changes.append(create("kubernetes/Namespace/\(namespace)", group, environment))
            changes += [
                kubernetes("ServiceAccount", "gitlab-deployer"), kubernetes("Role", "deployer"),
                kubernetes("RoleBinding", "deployer"), kubernetes("Secret", "gitlab-deployer-token"),
                kubernetes("ResourceQuota", "limits"), kubernetes("LimitRange", "limits"),
                kubernetes("NetworkPolicy", "default-deny"), kubernetes("NetworkPolicy", "allow-dns"),
                kubernetes("Deployment", "api"), kubernetes("Deployment", "bot"), kubernetes("Service", "api"),
            ]
            changes += projects.map {
                create("gitlab/environment/memo2/\(group)/\($0)/\(environment)", group, environment)
            }
            changes += ["KUBE_URL", "KUBE_TOKEN"].map {
                create("gitlab/variable/memo2/\(group)/api/\($0)@\(environment)", group, environment)
            }
        }
        return changes
    }

    static func firstApply(groups: Int = 7) -> Plan {
        var cluster = create("azure/cluster/memo2/cluster-memo2-prod")
        cluster.desired = Resource(
            address: cluster.address, body: [:],
            late: [LateField(path: ["properties", "token"], value: .text("never shown"))])
        let shared = [
            create("azure/resourceGroup/memo2"), cluster, create("gitlab/group/memo2"),
            create("kubernetes/Namespace/memo2-aula"), create("kubernetes/ConfigMap/memo2-aula/aula"),
            create("kubernetes/Namespace/memo2-db-test", nil, "test"),
            create("kubernetes/StatefulSet/memo2-db-test/db", nil, "test"),
        ]
        let groups = (1...groups).flatMap { creations(of: "g\($0)") }
        return Plan(purpose: .apply, mark: mark, targets: targets, changes: shared + groups)
    }

    /// Every sort of change, and everything that a plan can say beside them.
    static let mixed = Plan(
        purpose: .apply, mark: mark, targets: targets,
        changes: [
            Change(
                address: Address("kubernetes/Service/memo2-g1-test/api"), action: .update,
                slot: Slot(group: "g1", environment: "test", component: "api"),
                fields: [
                    FieldChange(path: "spec.ports[http].port", old: 8080, new: 9090),
                    FieldChange(path: "metadata.labels.tier", old: nil, new: "front"),
                    FieldChange(
                        path: "metadata.annotations.note", old: "by hand", new: nil, cause: .drift("kubectl-edit")),
                    FieldChange(path: "spec.selector.app", old: nil, new: "api", cause: .takenAway),
                ]),
            Change(
                address: Address("gitlab/variable/memo2/g1/api/KUBE_TOKEN@test"), action: .update,
                slot: Slot(group: "g1", environment: "test"),
                fields: [
                    FieldChange(path: "value", old: "hunter2", new: "hunter3", secret: true, knownAfterApply: true),
                    FieldChange(path: "masked", old: false, new: true),
                ]),
            Change(
                address: Address("kubernetes/StatefulSet/memo2-db-test/db"), action: .replace,
                slot: Slot(environment: "test", component: "db"),
                fields: [
                    FieldChange(
                        path: "spec.volumeClaimTemplates[data].spec.resources.requests.storage", old: "8Gi",
                        new: "16Gi",
                        forcesReplacement: true)
                ], dataLoss: "the volume of db in test, 8Gi, with the databases of all groups"),
            Change(
                address: Address("kubernetes/Namespace/memo2-g7-prod"), action: .delete,
                slot: Slot(group: "g7", environment: "prod"), contents: 43),
            Change(
                address: Address("gitlab/project/memo2/g7/api"), action: .archive, slot: Slot(group: "g7")),
            Change(
                address: Address("kubernetes/ConfigMap/memo2-g2-test/motd"), action: .release,
                slot: Slot(group: "g2", environment: "test"), reason: "adopted from kubectl"),
            create("kubernetes/ConfigMap/memo2-g2-test/settings", "g2", "test"),
        ],
        blocked: (1...8).map {
            Blocked(
                .thing("gitlab/variable/memo2/g3/api/KEY\($0)@prod"), slot: Slot(group: "g3"),
                .unread("GitLab answered 500 to the list of variables"))
        },
        foreign: [
            Foreign(
                address: Address("kubernetes/ConfigMap/memo2-g3-test/settings"),
                container: Address("kubernetes/Namespace/memo2-g3-test"), owner: "made by kubectl-client-side-apply")
        ],
        diagnostics: [Diagnostic(.warning, "the cluster enforces no network policies")], unchanged: 595)

    /// The end of a term.
    static let destroy = Plan(
        purpose: .destroy, mark: mark, targets: targets,
        changes: (1...3).flatMap { group in
            let key = "g\(group)"
            return ["api", "bot"].flatMap { project in
                [
                    Change(
                        address: Address("gitlab/project/memo2/\(key)/\(project)"), action: .archive,
                        slot: Slot(group: key))
                ]
                    + (1...5).map {
                        Change(
                            address: Address("gitlab/variable/memo2/\(key)/\(project)/KEY\($0)@test"), action: .delete,
                            slot: Slot(group: key))
                    }
            }
        } + [
            Change(
                address: Address("azure/cluster/memo2/cluster-memo2-prod"), action: .delete, slot: Slot(),
                dataLoss: "2 volumes with the databases of all groups", contents: 312)
        ],
        foreign: [
            Foreign(
                address: Address("kubernetes/Deployment/tools/grafana"),
                container: Address("azure/cluster/memo2/cluster-memo2-prod"),
                owner: "made by helm"),
            Foreign(
                address: Address("kubernetes/ConfigMap/memo2-g1-test/feature-flags"),
                container: Address("kubernetes/Namespace/memo2-g1-test"), owner: "gitlab-deployer of g1, test",
                byDeployer: true),
        ],
        kept: [Address("azure/cluster/memo2/cluster-memo2-prod"), Address("azure/resourceGroup/memo2")])
}
