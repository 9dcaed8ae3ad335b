import AulaModel
import Foundation

/// What is wrong with an object that fits its type, in the order and the words of the server.
struct Validation {
    private(set) var problems: [FieldProblem] = []

    init(_ object: JSON, _ kind: Kind) {
        metadata(object, kind)
        switch kind.id {
        case "pods": pod(object["spec"] ?? .null, "spec")
        case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps": workload(object)
        case "jobs.batch": job(object["spec"] ?? .null, "spec")
        case "cronjobs.batch":
            if object[["spec", "schedule"]]?.string?.isEmpty ?? true { add(.required("spec.schedule")) }
            job(object[["spec", "jobTemplate", "spec"]] ?? .null, "spec.jobTemplate.spec")
        case "services": service(object)
        case "configmaps": keys(object, ["data", "binaryData"])
        case "secrets": secret(object)
        case "persistentvolumeclaims": claim(object["spec"] ?? .null, "spec")
        case "resourcequotas": quantities(object.members("spec", "hard"), "spec.hard")
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
            binding(object)
        case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io": rules(object)
        case "ingresses.networking.k8s.io": ingress(object)
        case "horizontalpodautoscalers.autoscaling": autoscaler(object)
        case "leases.coordination.k8s.io": lease(object)
        default: break
        }
    }

    private mutating func add(_ problem: FieldProblem) { problems.append(problem) }

    private mutating func metadata(_ object: JSON, _ kind: Kind) {
        let rule = NameRule.of(kind)
        if object.name.isEmpty {
            add(.required("metadata.name", "name or generateName is required"))
        } else if !rule.accepts(object.name) {
            let tooLong = object.name.utf8.count > rule.maximum
            add(
                .invalid(
                    "metadata.name", .string(object.name),
                    tooLong ? "must be no more than \(rule.maximum) characters" : rule.message))
        }
        labels(object.labels, "metadata.labels")
        for member in object.members("metadata", "annotations")
        where !NameRule.qualified.accepts(member.key.lowercased()) {
            add(.invalid("metadata.annotations", .string(member.key), NameRule.qualified.message))
        }
        for (index, finalizer) in object.finalizers.enumerated()
        where !finalizer.contains("/") && finalizer.contains(".") {
            add(.invalid("metadata.finalizers[\(index)]", .string(finalizer), NameRule.qualified.message))
        }
    }

    private mutating func labels(_ labels: JSON?, _ field: String) {
        for member in labels?.object?.members ?? [] {
            let value = member.value.string ?? ""
            if !NameRule.qualified.accepts(member.key) {
                add(.invalid(field, .string(member.key), NameRule.qualified.message))
            } else if value.utf8.count > 63 {
                add(.invalid(field, .string(value), "must be no more than 63 bytes"))
            } else if !value.isEmpty, value.contains("/") || !NameRule.qualified.accepts(value) {
                add(
                    .invalid(
                        field, .string(value),
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
                            + "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  "
                            + "or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
                )
            }
        }
    }

    private mutating func quantities(_ members: [JSONObject.Member], _ field: String) {
        for member in members where member.value.string.flatMap(Quantity.init) == nil {
            add(.invalid("\(field)[\(member.key)]", member.value, "must be a quantity"))
        }
    }

    private mutating func workload(_ object: JSON) {
        let selector = object[["spec", "selector"]]
        let labels = object[["spec", "template", "metadata", "labels"]]
        if selector == nil || selector?.isHollow == true {
            add(.required("spec.selector"))
            if labels != nil, let selector {
                add(.invalid("spec.selector", selector, "empty selector is invalid for deployment"))
            }
        } else if let parsed = LabelSelector(spec: selector), !parsed.matches(labels) {
            add(
                .invalid(
                    "spec.template.metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
        }
        let claims = (object[["spec", "volumeClaimTemplates"]]?.array ?? []).compactMap {
            $0[["metadata", "name"]]?.string
        }
        pod(object[["spec", "template", "spec"]] ?? .null, "spec.template.spec", claims: claims)
        if let policy = object[["spec", "template", "spec", "restartPolicy"]]?.string, policy != "Always" {
            add(.unsupported("spec.template.spec.restartPolicy", policy, ["Always"]))
        }
        if let replicas = object[["spec", "replicas"]]?.int, replicas < 0 {
            add(.invalid("spec.replicas", .int(replicas), "must be greater than or equal to 0"))
        }
        if object[["spec", "strategy", "type"]] == "Recreate",
            object[["spec", "strategy", "rollingUpdate"]] != nil
        {
            add(
                .forbidden(
                    "spec.strategy.rollingUpdate",
                    "may not be specified when strategy `type` is 'Recreate'"))
        }
    }

    private mutating func job(_ spec: JSON, _ field: String) {
        pod(spec[["template", "spec"]] ?? .null, "\(field).template.spec")
        if spec[["template", "spec", "restartPolicy"]] == "Always" {
            add(.unsupported("\(field).template.spec.restartPolicy", "Always", ["OnFailure", "Never"]))
        }
    }

    /// Checks a pod's spec; `claims` are volumes that a StatefulSet makes for its pods.
    private mutating func pod(_ spec: JSON, _ field: String, claims: [String] = []) {
        if spec.items("containers").isEmpty { add(.required("\(field).containers")) }
        let volumes = Set(spec.items("volumes").compactMap { $0["name"]?.string } + claims)
        for list in ["initContainers", "containers"] {
            var names: Set<String> = []
            for (index, container) in spec.items(list).enumerated() {
                let place = "\(field).\(list)[\(index)]"
                self.container(container, place, volumes: volumes)
                if let name = container["name"]?.string, !names.insert(name).inserted {
                    add(.duplicate("\(place).name", .string(name)))
                }
            }
        }
    }

    private mutating func container(_ container: JSON, _ field: String, volumes: Set<String>) {
        let name = container["name"]?.string ?? ""
        if name.isEmpty {
            add(.required("\(field).name"))
        } else if !NameRule.label.accepts(name) {
            add(.invalid("\(field).name", .string(name), NameRule.label.message))
        }
        if container["image"]?.string?.isEmpty ?? true { add(.required("\(field).image")) }
        for (index, port) in container.items("ports").enumerated() {
            self.port(port["containerPort"], "\(field).ports[\(index)].containerPort")
        }
        for (index, variable) in container.items("env").enumerated() where variable["name"]?.string?.isEmpty ?? true {
            add(.required("\(field).env[\(index)].name"))
        }
        for (index, mount) in container.items("volumeMounts").enumerated() {
            guard let volume = mount["name"]?.string, !volumes.contains(volume) else { continue }
            add(.notFound("\(field).volumeMounts[\(index)].name", .string(volume)))
        }
        for list in ["limits", "requests"] {
            quantities(container.members("resources", list), "\(field).resources.\(list)")
        }
        for request in container.members("resources", "requests") {
            guard let limit = container[["resources", "limits", request.key]]?.string,
                let wanted = request.value.string.flatMap(Quantity.init), let most = Quantity(limit), wanted > most
            else { continue }
            add(
                .invalid(
                    "\(field).resources.requests", request.value,
                    "must be less than or equal to \(request.key) limit of \(limit)"))
        }
    }

    private mutating func port(_ value: JSON?, _ field: String) {
        guard let number = value?.int, number != 0 else { return add(.required(field)) }
        if !(1...65535).contains(number) {
            add(.invalid(field, .int(number), "must be between 1 and 65535, inclusive"))
        }
    }

    private mutating func service(_ object: JSON) {
        let ports = object.items("spec", "ports")
        let type = object[["spec", "type"]]?.string ?? ""
        if !["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"].contains(type) {
            add(.unsupported("spec.type", type, ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]))
        }
        if ports.isEmpty, type != "ExternalName", object[["spec", "clusterIP"]] != "None" {
            add(.required("spec.ports"))
        }
        var seen: Set<JSON> = []
        for (index, port) in ports.enumerated() {
            if ports.count > 1, port["name"]?.string?.isEmpty ?? true { add(.required("spec.ports[\(index)].name")) }
            self.port(port["port"], "spec.ports[\(index)].port")
            if !seen.insert([port["port"] ?? .null, port["protocol"] ?? "TCP"]).inserted {
                add(.duplicate("spec.ports[\(index)]", port))
            }
        }
    }

    private mutating func keys(_ object: JSON, _ fields: [String]) {
        for field in fields {
            for member in object.members(field)
            where member.key.isEmpty || member.key.utf8.count > 253
                || !member.key.utf8.allSatisfy({
                    $0 > 44 && $0 < 47 || $0 == 95 || Character(UnicodeScalar($0)).isLetter
                        || Character(UnicodeScalar($0)).isNumber
                })
            {
                add(
                    .invalid(
                        "\(field)[\(member.key)]", .string(member.key),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  "
                            + "or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"))
            }
        }
    }

    private mutating func secret(_ object: JSON) {
        keys(object, ["data"])
        switch object["type"]?.string {
        case "kubernetes.io/service-account-token":
            if object.annotation("kubernetes.io/service-account.name")?.isEmpty ?? true {
                add(.required("metadata.annotations[kubernetes.io/service-account.name]"))
            }
        case "kubernetes.io/dockerconfigjson":
            guard let data = object[["data", ".dockerconfigjson"]]?.string else {
                return add(.required("data[.dockerconfigjson]"))
            }
            if Data(base64Encoded: data).flatMap({ try? JSON(parsing: $0) }) == nil {
                add(.invalid("data[.dockerconfigjson]", "<secret contents redacted>", "must be valid json"))
            }
        case "kubernetes.io/tls":
            for key in ["tls.crt", "tls.key"] where object[["data", key]] == nil { add(.required("data[\(key)]")) }
        default: break
        }
    }

    private mutating func claim(_ spec: JSON, _ field: String) {
        if spec.items("accessModes").isEmpty {
            add(.required("\(field).accessModes", "at least 1 access mode is required"))
        }
        guard let storage = spec[["resources", "requests", "storage"]] else {
            return add(.required("\(field).resources[storage]"))
        }
        quantities([.init(key: "storage", value: storage)], "\(field).resources")
    }

    private mutating func binding(_ object: JSON) {
        let kind = object[["roleRef", "kind"]]?.string ?? ""
        if !["Role", "ClusterRole"].contains(kind) {
            add(.unsupported("roleRef.kind", kind, ["Role", "ClusterRole"]))
        }
        if object[["roleRef", "name"]]?.string?.isEmpty ?? true { add(.required("roleRef.name")) }
        for (index, subject) in object.items("subjects").enumerated() {
            if subject["name"]?.string?.isEmpty ?? true { add(.required("subjects[\(index)].name")) }
            if subject["kind"] == "ServiceAccount", subject["namespace"]?.string?.isEmpty ?? true {
                add(.required("subjects[\(index)].namespace"))
            }
        }
    }

    private mutating func rules(_ object: JSON) {
        for (index, rule) in object.items("rules").enumerated() {
            if rule.items("verbs").isEmpty {
                add(.required("rules[\(index)].verbs", "verbs must contain at least one value"))
            }
            if rule["nonResourceURLs"] == nil, rule["apiGroups"] == nil {
                add(.required("rules[\(index)].apiGroups", "resource rules must supply at least one api group"))
            }
        }
    }

    private mutating func ingress(_ object: JSON) {
        if object.items("spec", "rules").isEmpty, object[["spec", "defaultBackend"]] == nil {
            add(
                .invalid(
                    "spec", object["spec"] ?? .null, "either `defaultBackend` or `rules` must be specified"))
        }
        for (index, rule) in object.items("spec", "rules").enumerated() {
            for (place, path) in rule.items("http", "paths").enumerated() where path["pathType"] == nil {
                add(.required("spec.rules[\(index)].http.paths[\(place)].pathType", "pathType must be specified"))
            }
        }
    }

    private mutating func autoscaler(_ object: JSON) {
        let most = object[["spec", "maxReplicas"]]?.int ?? 0
        if most < 1 { add(.invalid("spec.maxReplicas", .int(most), "must be greater than 0")) }
    }

    private mutating func lease(_ object: JSON) {
        if let seconds = object[["spec", "leaseDurationSeconds"]]?.int, seconds <= 0 {
            add(.invalid("spec.leaseDurationSeconds", .int(seconds), "must be greater than 0"))
        }
    }
}
