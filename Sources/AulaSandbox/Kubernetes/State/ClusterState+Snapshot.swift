import AulaModel
import Foundation

extension ClusterState {
    /// Everything that outlives a restart; watches and what they have been told do not.
    var snapshot: JSON {
        [
            "revision": .int(revision),
            "addresses": [
                "services": .int(addresses.services), "pods": .int(addresses.pods),
                "balancers": .int(addresses.balancers), "nodePorts": .int(addresses.nodePorts),
            ],
            "objects": .object(JSONObject(stores.map { ($0.key, .array($0.value.objects)) })),
        ]
    }

    /// Takes over a snapshot; every object is looked at again by its controller.
    mutating func restore(_ snapshot: JSON) {
        revision = snapshot["revision"]?.int ?? revision
        historyStart = revision
        func count(_ name: String) -> Int { snapshot[["addresses", name]]?.int ?? 0 }
        addresses = AddressPool(
            services: count("services"), pods: count("pods"), balancers: count("balancers"),
            nodePorts: count("nodePorts"))
        for member in snapshot.members("objects") {
            for object in member.value.array ?? [] {
                let key = ObjectKey(kind: member.key, namespace: object.namespace, name: object.name)
                stores[member.key, default: ObjectStore()][key.path] = object
                enqueue(key)
            }
        }
        recountUse()
        serveDefinitions()
    }
}
