import AulaModel

extension ClusterState {
    /// What admission gives a new pod: an account, its pull secrets, a priority, the namespace's limits, tolerations.
    ///
    /// - Throws: 403 for an account or a priority class that is not there.
    func admitPod(_ pod: inout JSON, _ kind: Kind) throws(APIStatus) {
        let account = pod[["spec", "serviceAccountName"]]?.string ?? "default"
        guard let live = object("serviceaccounts", pod.namespace, account) else {
            throw .forbidden(
                kind, pod.name,
                "error looking up service account \(pod.namespace)/\(account): serviceaccount \"\(account)\" not found")
        }
        pod[["spec", "serviceAccountName"]] = .string(account)
        pod[["spec", "serviceAccount"]] = .string(account)
        if pod.items("spec", "imagePullSecrets").isEmpty {
            pod[["spec", "imagePullSecrets"]] = live["imagePullSecrets"]
        }
        try prioritize(&pod, kind)
        limitContainers(&pod)
        tolerate(&pod)
    }

    private func prioritize(_ pod: inout JSON, _ kind: Kind) throws(APIStatus) {
        let classes = objects("priorityclasses.scheduling.k8s.io")
        var chosen = classes.first { $0["globalDefault"] == true }
        if let name = pod[["spec", "priorityClassName"]]?.string, !name.isEmpty {
            chosen = classes.first { $0.name == name }
            if chosen == nil { throw .forbidden(kind, pod.name, "no PriorityClass with name \(name) was found") }
        }
        if let chosen { pod[["spec", "priorityClassName"]] = .string(chosen.name) }
        pod[["spec", "priority"]] = chosen?["value"] ?? 0
        pod.setDefault(["spec", "preemptionPolicy"], chosen?["preemptionPolicy"] ?? "PreemptLowerPriority")
    }

    /// Pod security: a pod that its namespace's level forbids is refused, one that it frowns on is warned of, and so is
    /// what would make such pods.
    func checkPodSecurity(_ object: JSON, _ kind: Kind, _ write: inout WriteRequest) throws(APIStatus) {
        let path = kind.id == "pods" ? ["spec"] : kind.id == "cronjobs.batch" ? Self.cronPath : Self.templatePath
        guard kind.isNamespaced, let spec = object[path], spec["containers"] != nil else { return }
        let namespace = self.object("namespaces", "", write.target.namespace)
        if kind.id == "pods" {
            let (level, version) = PodSecurity.wish("enforce", of: namespace)
            let broken = level.violations(spec)
            if !broken.isEmpty {
                throw .forbidden(
                    kind, object.name,
                    "violates PodSecurity \"\(level.rawValue):\(version)\": \(broken.joined(separator: ", "))")
            }
        }
        let (level, version) = PodSecurity.wish("warn", of: namespace)
        let doubtful = level.violations(spec)
        guard !doubtful.isEmpty else { return }
        write.warnings.append(
            "would violate PodSecurity \"\(level.rawValue):\(version)\": \(doubtful.joined(separator: ", "))")
    }

    private static let templatePath = ["spec", "template", "spec"]
    private static let cronPath = ["spec", "jobTemplate", "spec", "template", "spec"]

    private func tolerate(_ pod: inout JSON) {
        var tolerations = pod.items("spec", "tolerations")
        for name in ["not-ready", "unreachable"] {
            let key = "node.kubernetes.io/\(name)"
            guard !tolerations.contains(where: { $0["key"]?.string == key || $0["key"] == nil }) else { continue }
            tolerations.append([
                "key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300,
            ])
        }
        pod[["spec", "tolerations"]] = .array(tolerations)
    }

    private func limits(_ namespace: String, _ type: String) -> [JSON] {
        objects("limitranges", in: namespace).flatMap { $0.items("spec", "limits") }.filter {
            $0["type"]?.string == type
        }
    }

    /// A limit range's defaults for containers that say nothing.
    private func limitContainers(_ pod: inout JSON) {
        let limits = limits(pod.namespace, "Container")
        guard !limits.isEmpty else { return }
        for list in ["containers", "initContainers"] {
            pod.editItems(["spec", list]) { container in
                for limit in limits {
                    for member in limit.members("default") {
                        container.setDefault(["resources", "limits", member.key], member.value)
                    }
                    for member in limit.members("defaultRequest") {
                        container.setDefault(["resources", "requests", member.key], member.value)
                    }
                }
            }
        }
    }

    /// - Throws: 403 for a pod or claim that breaks the bounds of a limit range.
    func checkLimits(_ object: JSON, _ kind: Kind) throws(APIStatus) {
        var found: [String] = []
        switch kind.id {
        case "pods":
            for limit in limits(object.namespace, "Container") {
                for container in object.items("spec", "initContainers") + object.items("spec", "containers") {
                    found += LimitBounds(limit, "Container").violations(container["resources"] ?? [:])
                }
            }
            for limit in limits(object.namespace, "Pod") {
                func total(_ list: PodAmounts.List) -> JSON {
                    .object(
                        JSONObject(PodAmounts(list, of: object).byName.map { ($0.key, .string($0.value.canonical)) }))
                }
                found += LimitBounds(limit, "Pod").violations(["requests": total(.requests), "limits": total(.limits)])
            }
        case "persistentvolumeclaims":
            for limit in limits(object.namespace, "PersistentVolumeClaim") {
                found += LimitBounds(limit, "PersistentVolumeClaim", word: "request", list: "requests")
                    .violations(object[["spec", "resources"]] ?? [:])
            }
        default: return
        }
        guard !found.isEmpty else { return }
        throw .forbidden(
            kind, object.name, found.count == 1 ? found[0] : "[" + found.joined(separator: ", ") + "]")
    }
}

/// The bounds of one item of a limit range.
private struct LimitBounds {
    let limit: JSON
    let type: String
    /// What a maximum is held against: a container's limit, a claim's request.
    let word: String
    let list: String

    init(_ limit: JSON, _ type: String, word: String = "limit", list: String = "limits") {
        self.limit = limit
        self.type = type
        self.word = word
        self.list = list
    }

    func violations(_ resources: JSON) -> [String] {
        var found: [String] = []
        func look(
            _ bound: String, _ word: String, _ list: String, isNeeded: Bool, _ breaks: (Quantity, Quantity) -> Bool
        ) {
            for member in limit.members(bound) {
                guard let border = FieldCheck.amount(member.value) else { continue }
                let words =
                    "\(bound == "max" ? "maximum" : "minimum") \(member.key) usage per \(type) is \(border.canonical)"
                guard let value = FieldCheck.amount(resources[[list, member.key]]) else {
                    if isNeeded { found.append("\(words).  No \(word) is specified") }
                    continue
                }
                if breaks(value, border) { found.append("\(words), but \(word) is \(value.canonical)") }
            }
        }
        look("min", "request", "requests", isNeeded: true) { $0 < $1 }
        if list == "limits" { look("min", "limit", "limits", isNeeded: false) { $0 < $1 } }
        look("max", word, list, isNeeded: true) { $0 > $1 }
        if list == "limits" { look("max", "request", "requests", isNeeded: false) { $0 > $1 } }
        return found
    }
}
