import AulaModel
import Foundation

extension ClusterState {
    /// Plays scheduler and kubelet for one pod.
    mutating func reconcilePod(_ pod: JSON, _ key: ObjectKey) {
        if pod.isBeingDeleted {
            if pod.finalizers.isEmpty, hasWaited(pod[["spec", "nodeName"]] == nil ? 0 : 0.1, "end", pod, key) {
                remove(key)
            }
            return
        }
        guard !settings.disabledControllers.contains(.scheduler) else { return }
        guard pod[["spec", "nodeName"]] != nil else { return place(pod, key) }
        switch pod[["status", "phase"]]?.string {
        case "Pending": start(pod, key)
        case "Running": run(pod, key)
        default: break
        }
    }

    // MARK: Scheduler

    private mutating func place(_ pod: JSON, _ key: ObjectKey) {
        for volume in pod.items("spec", "volumes") {
            guard let claim = volume[["persistentVolumeClaim", "claimName"]]?.string else { continue }
            guard let live = object("persistentvolumeclaims", key.namespace, claim) else {
                return refuse(pod, key, "persistentvolumeclaim \"\(claim)\" not found")
            }
            let storage = live[["spec", "storageClassName"]]?.string ?? ""
            if live[["status", "phase"]] != "Bound", object("storageclasses.storage.k8s.io", "", storage) == nil {
                return refuse(pod, key, "pod has unbound immediate PersistentVolumeClaims")
            }
        }
        let asked = PodAmounts(.requests, of: pod)
        var lacking: [String: Int] = [:]
        let nodes = objects("nodes")
        for node in nodes {
            let use = nodeUse[node.name] ?? NodeUse()
            func capacity(_ name: String) -> Quantity {
                node[["status", "allocatable", name]]?.string.flatMap(Quantity.init) ?? .zero
            }
            let isWanted = pod.members("spec", "nodeSelector").allSatisfy { node.labels?[$0.key] == $0.value }
            if !isWanted {
                lacking["node(s) didn't match Pod's node affinity/selector", default: 0] += 1
            } else if use.cpu + asked["cpu"] > capacity("cpu") {
                lacking["Insufficient cpu", default: 0] += 1
            } else if use.memory + asked["memory"] > capacity("memory") {
                lacking["Insufficient memory", default: 0] += 1
            } else if use.pods >= 110 {
                lacking["Too many pods", default: 0] += 1
            } else {
                return bind(pod, key, to: node.name)
            }
        }
        let reasons = lacking.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        refuse(
            pod, key,
            nodes.isEmpty
                ? "no nodes available to schedule pods"
                : "0/\(nodes.count) nodes are available: \(reasons). preemption: 0/\(nodes.count) nodes are available: "
                    + "\(nodes.count) No preemption victims found for incoming pod.")
    }

    private mutating func refuse(_ pod: JSON, _ key: ObjectKey, _ message: String) {
        var conditions = pod.items("status", "conditions")
        setCondition(&conditions, "PodScheduled", false, "Unschedulable", message)
        control(key, subresource: "status", manager: "kube-scheduler") {
            $0[["status", "conditions"]] = .array(conditions)
        }
        report(pod, "Warning", "FailedScheduling", message, from: "default-scheduler")
        enqueue(key, after: 1)
    }

    private mutating func bind(_ pod: JSON, _ key: ObjectKey, to node: String) {
        var conditions = pod.items("status", "conditions")
        conditions.removeAll { $0["type"] == "PodScheduled" }
        conditions.append(["type": "PodScheduled", "status": "True", "lastTransitionTime": .string(timestamp)])
        control(key, subresource: "status", manager: "kube-scheduler") {
            $0[["spec", "nodeName"]] = .string(node)
            $0[["status", "conditions"]] = .array(conditions)
        }
    }

    // MARK: Kubelet

    private mutating func start(_ pod: JSON, _ key: ObjectKey) {
        if pod[["status", "startTime"]] == nil {
            setContainers(pod, key, ready: false) { _ in ["waiting": ["reason": "ContainerCreating"]] }
        }
        guard hasWaited(settings.podStartSeconds, "start", pod, key) else { return }
        if let missing = missingReference(pod) {
            setContainers(pod, key, ready: false) { _ in
                ["waiting": ["reason": "CreateContainerConfigError", "message": .string(missing)]]
            }
            enqueue(key, after: 1)
            return
        }
        let settings = settings
        let images = pod.items("spec", "containers").compactMap { $0["image"]?.string }
        if images.contains(where: settings.isBroken) {
            setContainers(pod, key, ready: false) { container in
                let image = container["image"]?.string ?? ""
                guard settings.isBroken(image) else { return ["waiting": ["reason": "ContainerCreating"]] }
                return [
                    "waiting": [
                        "reason": "ImagePullBackOff",
                        "message": .string("Back-off pulling image \"\(image)\": ErrImagePull: failed to pull image"),
                    ]
                ]
            }
            report(
                pod, "Warning", "Failed", "Failed to pull image \"\(images.first(where: settings.isBroken) ?? "")\"",
                from: "kubelet")
            return
        }
        let isJob = pod.items("metadata", "ownerReferences").contains { $0["kind"] == "Job" }
        if images.contains(where: settings.isCrashing), !isJob { return crash(pod, key) }
        let address = pod[["status", "podIP"]]?.string ?? addresses.pod()
        let started = timestamp
        setContainers(pod, key, phase: "Running", ready: true, address: address) { _ in
            ["running": ["startedAt": .string(started)]]
        }
    }

    private mutating func crash(_ pod: JSON, _ key: ObjectKey) {
        let ended: JSON = [
            "terminated": [
                "exitCode": 1, "reason": "Error", "startedAt": .string(timestamp), "finishedAt": .string(timestamp),
            ]
        ]
        setContainers(pod, key, phase: "Running", ready: false, restarts: 3, last: ended) { container in
            [
                "waiting": [
                    "reason": "CrashLoopBackOff",
                    "message": .string(
                        "back-off 40s restarting failed container=\(container["name"]?.string ?? "") pod=\(pod.name)"),
                ]
            ]
        }
        report(pod, "Warning", "BackOff", "Back-off restarting failed container", from: "kubelet")
    }

    /// A job's pod ends after a while, well or ill by its image.
    private mutating func run(_ pod: JSON, _ key: ObjectKey) {
        guard pod[["spec", "restartPolicy"]] != "Always", hasWaited(settings.jobSeconds, "work", pod, key) else {
            return
        }
        let settings = settings
        let fails = pod.items("spec", "containers").contains { settings.isCrashing($0["image"]?.string ?? "") }
        let end = timestamp
        setContainers(pod, key, phase: fails ? "Failed" : "Succeeded", ready: false) { _ in
            [
                "terminated": [
                    "exitCode": fails ? 1 : 0, "reason": fails ? "Error" : "Completed", "startedAt": .string(end),
                    "finishedAt": .string(end),
                ]
            ]
        }
    }

    private mutating func setContainers(
        _ pod: JSON, _ key: ObjectKey, phase: String = "Pending", ready: Bool, address: String? = nil,
        restarts: Int = 0, last: JSON = [:], state: (JSON) -> JSON
    ) {
        var conditions = pod.items("status", "conditions")
        let isOver = phase == "Succeeded"
        setCondition(&conditions, "Initialized", true, isOver ? "PodCompleted" : "", "")
        let reason = ready ? "" : isOver ? "PodCompleted" : "ContainersNotReady"
        let names = pod.items("spec", "containers").compactMap { $0["name"]?.string }.joined(separator: " ")
        let message = ready || isOver ? "" : "containers with unready status: [\(names)]"
        setCondition(&conditions, "Ready", ready, reason, message)
        setCondition(&conditions, "ContainersReady", ready, reason, message)
        let statuses = pod.items("spec", "containers").map { container -> JSON in
            [
                "name": container["name"] ?? "", "image": container["image"] ?? "",
                "imageID": .string(ready ? "sandbox://\(container["image"]?.string ?? "")" : ""),
                "ready": .bool(ready), "started": .bool(ready), "restartCount": .int(restarts),
                "state": state(container), "lastState": last,
            ]
        }
        let started = pod[["status", "startTime"]] ?? .string(timestamp)
        control(key, subresource: "status", manager: "kubelet") { pod in
            pod[["status", "phase"]] = .string(phase)
            pod[["status", "conditions"]] = .array(conditions)
            pod[["status", "containerStatuses"]] = .array(statuses)
            pod[["status", "startTime"]] = started
            guard let address else { return }
            pod[["status", "podIP"]] = .string(address)
            pod[["status", "podIPs"]] = [["ip": .string(address)]]
            pod[["status", "hostIP"]] = "10.224.0.4"
        }
    }

    /// The first ConfigMap or Secret that a container needs and that is not there.
    private func missingReference(_ pod: JSON) -> String? {
        func missing(_ kindID: String, _ reference: JSON?) -> String? {
            guard let reference, reference["optional"] != true, let name = reference["name"]?.string else { return nil }
            let word = kindID == "secrets" ? "secret" : "configmap"
            guard let live = object(kindID, pod.namespace, name) else { return "\(word) \"\(name)\" not found" }
            guard let key = reference["key"]?.string, live[["data", key]] == nil else { return nil }
            return "couldn't find key \(key) in \(word == "secret" ? "Secret" : "ConfigMap") \(pod.namespace)/\(name)"
        }
        for container in pod.items("spec", "containers") {
            for source in container.items("envFrom") {
                if let text = missing("configmaps", source["configMapRef"]) ?? missing("secrets", source["secretRef"]) {
                    return text
                }
            }
            for variable in container.items("env") {
                let from = variable["valueFrom"]
                if let text = missing("configmaps", from?["configMapKeyRef"])
                    ?? missing("secrets", from?["secretKeyRef"])
                {
                    return text
                }
            }
        }
        for volume in pod.items("spec", "volumes") {
            if let text = missing("configmaps", volume["configMap"]) { return text }
            if let secret = volume["secret"], secret["optional"] != true, let name = secret["secretName"]?.string,
                object("secrets", pod.namespace, name) == nil
            {
                return "secret \"\(name)\" not found"
            }
        }
        return nil
    }
}
