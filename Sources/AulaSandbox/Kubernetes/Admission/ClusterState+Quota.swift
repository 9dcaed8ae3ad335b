import AulaModel

extension ClusterState {
    /// What one object costs, by the names that a quota counts.
    static func cost(of object: JSON, _ kindID: String) -> [String: Quantity] {
        var cost: [String: Quantity] = ["count/\(kindID)": Quantity(1)]
        switch kindID {
        case "pods":
            let phase = object[["status", "phase"]]?.string
            if phase == "Succeeded" || phase == "Failed" { return cost }
            cost["pods"] = Quantity(1)
            for (name, amount) in PodAmounts(.requests, of: object).byName {
                cost["requests." + name] = amount
                cost[name] = amount
            }
            for (name, amount) in PodAmounts(.limits, of: object).byName { cost["limits." + name] = amount }
        case "persistentvolumeclaims":
            cost["persistentvolumeclaims"] = Quantity(1)
            if let size = object[["spec", "resources", "requests", "storage"]]?.string.flatMap(Quantity.init) {
                cost["requests.storage"] = size
                if let storageClass = object[["spec", "storageClassName"]]?.string {
                    cost["\(storageClass).storageclass.storage.k8s.io/requests.storage"] = size
                    cost["\(storageClass).storageclass.storage.k8s.io/persistentvolumeclaims"] = Quantity(1)
                }
            }
        case "services":
            cost["services"] = Quantity(1)
            let type = object[["spec", "type"]]?.string
            if type == "LoadBalancer" { cost["services.loadbalancers"] = Quantity(1) }
            if type == "LoadBalancer" || type == "NodePort" {
                cost["services.nodeports"] = Quantity(object.items("spec", "ports").count)
            }
        case "configmaps", "secrets", "replicationcontrollers", "resourcequotas": cost[kindID] = Quantity(1)
        default: break
        }
        return cost
    }

    /// What is used of each amount that a quota names.
    func usage(_ quota: JSON) -> [String: Quantity] {
        let hard = quota.members("spec", "hard").map(\.key)
        var used = Dictionary(uniqueKeysWithValues: hard.map { ($0, Quantity.zero) })
        for kindID in Self.countedKinds(hard) {
            for object in objects(kindID, in: quota.namespace) where Self.concerns(quota, object, kindID) {
                for (name, amount) in Self.cost(of: object, kindID) where used[name] != nil {
                    used[name] = (used[name] ?? .zero) + amount
                }
            }
        }
        return used
    }

    /// Whether an object is within the scopes of a quota; a quota without scopes counts everything.
    private static func concerns(_ quota: JSON, _ object: JSON, _ kindID: String) -> Bool {
        let scopes =
            quota.strings("spec", "scopes").map { (name: $0, word: "Exists", values: [String]()) }
            + quota.items("spec", "scopeSelector", "matchExpressions").map {
                (
                    name: $0["scopeName"]?.string ?? "", word: $0["operator"]?.string ?? "",
                    values: $0.strings("values")
                )
            }
        guard !scopes.isEmpty else { return true }
        guard kindID == "pods" else { return false }
        let isTerminating = object[["spec", "activeDeadlineSeconds"]] != nil
        let isBestEffort = serviceClass(object) == "BestEffort"
        let priority = object[["spec", "priorityClassName"]]?.string ?? ""
        return scopes.allSatisfy { scope in
            switch scope.name {
            case "Terminating": isTerminating
            case "NotTerminating": !isTerminating
            case "BestEffort": isBestEffort
            case "NotBestEffort": !isBestEffort
            case "PriorityClass":
                switch scope.word {
                case "In": scope.values.contains(priority)
                case "NotIn": !scope.values.contains(priority)
                case "DoesNotExist": priority.isEmpty
                default: !priority.isEmpty
                }
            default: false
            }
        }
    }

    private static func countedKinds(_ hard: [String]) -> Set<String> {
        Set(
            hard.map { name in
                if name.hasPrefix("count/") { return String(name.dropFirst("count/".count)) }
                if name.contains("storage") || name.hasSuffix("persistentvolumeclaims") {
                    return "persistentvolumeclaims"
                }
                if name.hasPrefix("services") { return "services" }
                return ["configmaps", "secrets", "replicationcontrollers", "resourcequotas"].contains(name)
                    ? name : "pods"
            })
    }

    /// - Throws: 403 for an object that a quota of its namespace has no room for.
    func checkQuota(_ object: JSON, replacing old: JSON? = nil, _ kind: Kind) throws(APIStatus) {
        let quotas = objects("resourcequotas", in: object.namespace)
        guard !quotas.isEmpty, kind.isNamespaced else { return }
        var cost = Self.cost(of: object, kind.id)
        if let old {
            for (name, amount) in Self.cost(of: old, kind.id) { cost[name] = cost[name].map { $0 - amount } }
            cost = cost.filter { $0.value > .zero }
        }
        for quota in quotas where Self.concerns(quota, object, kind.id) {
            let hard = quota.members("spec", "hard")
            if kind.id == "pods" { try checkRequests(object, kind, quota, hard.map(\.key)) }
            let used = usage(quota)
            let exceeded = hard.filter { member in
                guard let wanted = cost[member.key], let limit = member.value.string.flatMap(Quantity.init) else {
                    return false
                }
                return wanted > .zero && (used[member.key] ?? .zero) + wanted > limit
            }
            guard !exceeded.isEmpty else { continue }
            func list(_ value: (JSONObject.Member) -> String) -> String {
                exceeded.map { "\($0.key)=\(value($0))" }.joined(separator: ",")
            }
            throw .forbidden(
                kind, object.name,
                "exceeded quota: \(quota.name), requested: \(list { cost[$0.key]?.canonical ?? "0" }), "
                    + "used: \(list { used[$0.key]?.canonical ?? "0" }), limited: \(list { $0.value.string ?? "" })")
        }
    }

    /// Under a quota of CPU or memory each container must say how much it wants.
    private func checkRequests(_ pod: JSON, _ kind: Kind, _ quota: JSON, _ hard: [String]) throws(APIStatus) {
        var missing: [String] = []
        for name in hard {
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            let list = parts.count == 2 ? parts[0] : "requests"
            let resource = parts.count == 2 ? parts[1] : parts[0]
            guard ["cpu", "memory"].contains(resource), ["requests", "limits"].contains(list) else { continue }
            let containers = pod.items("spec", "containers") + pod.items("spec", "initContainers")
            let without = containers.filter { $0[["resources", list, resource]] == nil }
            if !without.isEmpty {
                missing.append("\(name) for: " + without.compactMap { $0["name"]?.string }.joined(separator: ","))
            }
        }
        guard missing.isEmpty else {
            throw .forbidden(
                kind, pod.name, "failed quota: \(quota.name): must specify \(missing.joined(separator: "; "))")
        }
    }
}
