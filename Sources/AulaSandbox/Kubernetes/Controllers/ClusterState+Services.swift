import AulaModel
import Foundation

extension ClusterState {
    /// Gives a load balancer its address, and keeps the list of the pods behind a service.
    mutating func reconcileService(_ service: JSON, _ key: ObjectKey) {
        guard !service.isBeingDeleted else { return }
        if service[["spec", "type"]] == "LoadBalancer" {
            if service.items("status", "loadBalancer", "ingress").isEmpty,
                hasWaited(settings.loadBalancerSeconds, "address", service, key)
            {
                let address = addresses.balancer()
                control(key, subresource: "status", manager: "cloud-controller-manager") {
                    $0[["status", "loadBalancer", "ingress"]] = [["ip": .string(address), "ipMode": "VIP"]]
                }
            }
        } else if !service.items("status", "loadBalancer", "ingress").isEmpty {
            endWait("address", service, key)
            control(key, subresource: "status", manager: "cloud-controller-manager") {
                $0[["status", "loadBalancer"]] = [:]
            }
        }
        guard !service.members("spec", "selector").isEmpty,
            let selector = LabelSelector(spec: service[["spec", "selector"]])
        else { return }
        publish(
            service, objects("pods", in: key.namespace).filter { selector.matches($0.labels) && !$0.isBeingDeleted })
    }

    private mutating func publish(_ service: JSON, _ pods: [JSON]) {
        let placed = pods.filter { $0[["status", "podIP"]] != nil }
        let ports = service.items("spec", "ports").map { port -> JSON in
            var entry: JSON = ["port": Self.targetPort(port, placed), "protocol": port["protocol"] ?? "TCP"]
            entry["name"] = port["name"]
            return entry
        }
        let endpoints = placed.map { pod -> JSON in
            [
                "addresses": [pod[["status", "podIP"]] ?? ""],
                "conditions": [
                    "ready": .bool(Self.isReady(pod)), "serving": .bool(Self.isReady(pod)), "terminating": false,
                ],
                "nodeName": pod[["spec", "nodeName"]] ?? .null,
                "targetRef": [
                    "kind": "Pod", "name": .string(pod.name), "namespace": .string(pod.namespace),
                    "uid": .string(pod.uid),
                ],
            ]
        }
        func addresses(_ ready: Bool) -> [JSON] {
            placed.filter { Self.isReady($0) == ready }.map { ["ip": $0[["status", "podIP"]] ?? ""] }
        }
        var subset: JSON = ["ports": .array(ports)]
        if !addresses(true).isEmpty { subset["addresses"] = .array(addresses(true)) }
        if !addresses(false).isEmpty { subset["notReadyAddresses"] = .array(addresses(false)) }
        let subsets: JSON = placed.isEmpty ? [] : [subset]
        let slice = "\(service.name)-\(Fingerprint.text(service.uid, length: 5))"
        let sliceKey = ObjectKey(kind: "endpointslices.discovery.k8s.io", namespace: service.namespace, name: slice)
        let listKey = ObjectKey(kind: "endpoints", namespace: service.namespace, name: service.name)
        if object(sliceKey) == nil {
            plant(
                sliceKey.kind, service.namespace, slice,
                [
                    "metadata": [
                        "labels": [
                            "kubernetes.io/service-name": .string(service.name),
                            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                        ], "ownerReferences": Self.owned(by: service),
                    ], "addressType": "IPv4", "endpoints": .array(endpoints), "ports": .array(ports),
                ])
            plant(
                "endpoints", service.namespace, service.name,
                [
                    "metadata": [
                        "labels": ["endpoints.kubernetes.io/managed-by": "endpoint-controller"],
                        "ownerReferences": Self.owned(by: service),
                    ], "subsets": subsets,
                ])
            return
        }
        control(sliceKey) {
            $0["endpoints"] = .array(endpoints)
            $0["ports"] = .array(ports)
        }
        control(listKey) { $0["subsets"] = subsets }
    }

    private static func targetPort(_ port: JSON, _ pods: [JSON]) -> JSON {
        guard let name = port["targetPort"]?.string else { return port["targetPort"] ?? port["port"] ?? 0 }
        let ports = pods.first?.items("spec", "containers").flatMap { $0.items("ports") } ?? []
        return ports.first { $0["name"]?.string == name }?["containerPort"] ?? port["port"] ?? 0
    }

    static func isReady(_ pod: JSON) -> Bool {
        !pod.isBeingDeleted
            && pod.items("status", "conditions").contains { $0["type"] == "Ready" && $0["status"] == "True" }
    }
}
