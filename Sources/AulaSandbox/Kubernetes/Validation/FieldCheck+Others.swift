import AulaModel
import Foundation

extension FieldCheck {
    func otherProblems(_ value: JSON, _ field: String, _ object: JSON) -> [FieldProblem] {
        switch self {
        case .podSecurity: PodSecurity.labelProblems(value, field)
        case .configSize: Self.size(["data", "binaryData"].flatMap { object.members($0) }, "")
        case .keys: Self.keys(value, field)
        case .secret: Self.secret(object)
        case .storage: Self.storage(value, field)
        case .quota: Self.quota(value, field)
        case .scope: Self.scope(value, field)
        case .limits: Self.limits(value, field)
        case .roleKind: Self.roleKind(object)
        case .subject: Self.subject(value, field)
        case .roleRule: Self.roleRule(value, field)
        case .priority: Self.priority(object)
        case .definition: DefinitionRules.problems(object)
        case .storageVersion: DefinitionRules.storageProblems(value, field)
        case .attributes: Self.attributes(value, field)
        case .subjectOfReview:
            value["user"]?.string?.isEmpty ?? true && value.items("groups").isEmpty
                ? [.required("\(field).user", "at least one of user or group must be specified")] : []
        default: []
        }
    }

    private static func keys(_ data: JSON, _ field: String) -> [FieldProblem] {
        (data.object?.members ?? []).compactMap { member in
            let isFine = member.key.utf8.allSatisfy {
                $0 == 45 || $0 == 46 || $0 == 95 || Character(UnicodeScalar($0)).isLetter
                    || Character(UnicodeScalar($0)).isNumber
            }
            if isFine, !member.key.isEmpty, member.key.utf8.count <= 253, member.key != ".", member.key != ".." {
                return nil
            }
            return .invalid(
                "\(field)[\(member.key)]", .string(member.key),
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                    + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
        }
    }

    private static func size(_ members: [JSONObject.Member], _ field: String) -> [FieldProblem] {
        members.reduce(0) { $0 + ($1.value.string?.utf8.count ?? 0) } > 1_048_576 ? [.tooLong(field, 1_048_576)] : []
    }

    private static func secret(_ object: JSON) -> [FieldProblem] {
        func missing(_ keys: [String]) -> [FieldProblem] {
            keys.filter { object[["data", $0]] == nil }.map { .required("data[\($0)]") }
        }
        var problems = size(object.members("data").map { .init(key: $0.key, value: $0.value) }, "data")
        switch object["type"]?.string {
        case "kubernetes.io/service-account-token":
            if object.annotation("kubernetes.io/service-account.name")?.isEmpty ?? true {
                problems.append(.required("metadata.annotations[kubernetes.io/service-account.name]"))
            }
        case "kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg":
            let key = object["type"] == "kubernetes.io/dockercfg" ? ".dockercfg" : ".dockerconfigjson"
            problems += missing([key])
            if let data = object[["data", key]]?.string,
                Data(base64Encoded: data).flatMap({ try? JSON(parsing: $0) }) == nil
            {
                problems.append(.invalid("data[\(key)]", "<secret contents redacted>", "must be valid json"))
            }
        case "kubernetes.io/tls": problems += missing(["tls.crt", "tls.key"])
        case "kubernetes.io/ssh-auth": problems += missing(["ssh-privatekey"])
        case "kubernetes.io/basic-auth":
            if object[["data", "username"]] == nil, object[["data", "password"]] == nil {
                problems += missing(["username", "password"])
            }
        default: break
        }
        return problems
    }

    private static func storage(_ resources: JSON, _ field: String) -> [FieldProblem] {
        guard let storage = resources[["requests", "storage"]] else { return [.required("\(field)[storage]")] }
        guard let amount = amount(storage), amount > .zero else {
            return [.invalid("\(field)[storage]", storage, "must be greater than zero")]
        }
        return []
    }

    private static let quotaNames = [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage",
        "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods",
        "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps",
        "services.nodeports", "services.loadbalancers",
    ]

    private static func quota(_ hard: JSON, _ field: String) -> [FieldProblem] {
        (hard.object?.members ?? []).compactMap { member in
            let place = "\(field)[\(member.key)]"
            if !member.key.contains("/"), !member.key.contains("hugepages-"), !quotaNames.contains(member.key) {
                return .invalid(place, .string(member.key), "must be a standard resource for quota")
            }
            guard let amount = amount(member.value), amount >= .zero else {
                return .invalid(place, member.value, "must be greater than or equal to 0")
            }
            let counts =
                member.key.hasPrefix("count/")
                || (!member.key.contains("cpu") && !member.key.contains("memory")
                    && !member.key.contains("storage"))
            return counts && amount.canonical.hasSuffix("m") ? .invalid(place, member.value, "must be an integer") : nil
        }
    }

    private static func scope(_ expression: JSON, _ field: String) -> [FieldProblem] {
        let name = expression["scopeName"]?.string ?? ""
        let word = expression["operator"]?.string ?? ""
        let hasValues = !expression.items("values").isEmpty
        if !["DoesNotExist", "Exists", "In", "NotIn"].contains(word) {
            return [.invalid("\(field).operator", .string(word), "not a valid selector operator")]
        }
        if name != "PriorityClass", word != "Exists" {
            return [
                .invalid(
                    "\(field).operator", .string(word),
                    "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, "
                        + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                        + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity")
            ]
        }
        if word == "In" || word == "NotIn", !hasValues {
            return [
                .required(
                    "\(field).values",
                    "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
            ]
        }
        if hasValues, word == "Exists" || word == "DoesNotExist" {
            return [
                .invalid(
                    "\(field).values", expression["values"] ?? [],
                    "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")
            ]
        }
        return []
    }

    private static func limits(_ item: JSON, _ field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if item["type"] == "Pod" {
            for name in ["default", "defaultRequest"] where item[name] != nil {
                problems.append(.forbidden("\(field).\(name)", "may not be specified when `type` is 'Pod'"))
            }
        }
        let order = [
            ("min", "max", "min value", "max value"), ("defaultRequest", "max", "default request value", "max value"),
            ("default", "max", "default value", "max value"), ("min", "default", "min value", "default value"),
            ("min", "defaultRequest", "min value", "default request value"),
            ("defaultRequest", "default", "default request value", "default limit value"),
        ]
        for (low, high, lowWords, highWords) in order {
            for member in item.members(low) {
                guard let small = amount(member.value), let border = item[[high, member.key]],
                    let large = amount(border),
                    small > large
                else { continue }
                let place = low == "min" && high != "max" ? high : low
                problems.append(
                    .invalid(
                        "\(field).\(place)[\(member.key)]", place == low ? member.value : border,
                        "\(lowWords) \(small.canonical) is greater than \(highWords) \(large.canonical)"))
            }
        }
        return problems
    }

    private static func roleKind(_ binding: JSON) -> [FieldProblem] {
        let kinds = binding["kind"] == "ClusterRoleBinding" ? ["ClusterRole"] : ["Role", "ClusterRole"]
        let kind = binding[["roleRef", "kind"]] ?? ""
        return kinds.contains(kind.string ?? "") ? [] : [.unsupported("roleRef.kind", kind, kinds)]
    }

    private static func subject(_ subject: JSON, _ field: String) -> [FieldProblem] {
        switch subject["kind"]?.string ?? "" {
        case "ServiceAccount":
            if let group = subject["apiGroup"]?.string, !group.isEmpty {
                return [.unsupported("\(field).apiGroup", .string(group), [""])]
            }
            return subject["namespace"]?.string?.isEmpty ?? true ? [.required("\(field).namespace")] : []
        case "User", "Group":
            let group = subject["apiGroup"]?.string ?? ""
            return group == "rbac.authorization.k8s.io"
                ? [] : [.unsupported("\(field).apiGroup", .string(group), ["rbac.authorization.k8s.io"])]
        case let kind: return [.unsupported("\(field).kind", .string(kind), ["ServiceAccount", "User", "Group"])]
        }
    }

    private static func roleRule(_ rule: JSON, _ field: String) -> [FieldProblem] {
        if rule.items("verbs").isEmpty { return [.required("\(field).verbs", "verbs must contain at least one value")] }
        if rule["nonResourceURLs"] != nil {
            return rule["resources"] != nil || rule["apiGroups"] != nil
                ? [
                    .invalid(
                        "\(field).nonResourceURLs", rule["nonResourceURLs"] ?? [],
                        "rules cannot apply to both regular resources and non-resource URLs")
                ] : []
        }
        if rule.items("apiGroups").isEmpty {
            return [.required("\(field).apiGroups", "resource rules must supply at least one api group")]
        }
        return rule.items("resources").isEmpty
            ? [.required("\(field).resources", "resource rules must supply at least one resource")] : []
    }

    private static func priority(_ object: JSON) -> [FieldProblem] {
        if object.name.hasPrefix("system-"), !["system-node-critical", "system-cluster-critical"].contains(object.name)
        {
            return [
                .forbidden(
                    "metadata.name", "priority class names with 'system-' prefix are reserved for system use only")
            ]
        }
        guard let value = object["value"]?.int, value > 1_000_000_000, !object.name.hasPrefix("system-") else {
            return []
        }
        return [.forbidden("value", "maximum allowed value of a user defined priority is 1000000000")]
    }

    private static func attributes(_ spec: JSON, _ field: String) -> [FieldProblem] {
        switch (spec["resourceAttributes"], spec["nonResourceAttributes"]) {
        case (nil, nil):
            return [
                .invalid(
                    "\(field).resourceAttributes", .null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified")
            ]
        case (_?, let paths?):
            return [
                .invalid(
                    "\(field).nonResourceAttributes", paths,
                    "cannot be specified in combination with resourceAttributes")
            ]
        default: return []
        }
    }
}
