import AulaYAML

extension FaultReader {
    private static let conditionKeys = [
        "tokenDelaySeconds", "podStartSeconds", "loadBalancerSeconds", "namespaceSeconds", "tokenCapSeconds",
        "continueSeconds", "offer", "subscriptionState", "allowedLocations", "restrictedSizes", "unregisteredProviders",
        "familyQuotas", "brokenImages", "crashingImages", "vcpuQuota", "operationSeconds", "operationFailures",
        "certificateClusters",
        "localRequests", "requestsPerMinute",
    ]

    mutating func conditions(_ node: YAMLNode) -> SandboxConditions {
        var conditions = SandboxConditions()
        guard let fields = fields(of: node, at: "conditions", keys: Self.conditionKeys) else { return conditions }
        conditions.tokenDelaySeconds = seconds("tokenDelaySeconds", in: fields)
        conditions.podStartSeconds = seconds("podStartSeconds", in: fields)
        conditions.loadBalancerSeconds = seconds("loadBalancerSeconds", in: fields)
        conditions.namespaceSeconds = seconds("namespaceSeconds", in: fields)
        conditions.tokenCapSeconds = number("tokenCapSeconds", in: fields, 0...Int.max)
        conditions.continueSeconds = seconds("continueSeconds", in: fields)
        conditions.brokenImages = Set(texts("brokenImages", in: fields))
        conditions.crashingImages = Set(texts("crashingImages", in: fields))
        conditions.offer = choice("offer", in: fields, AzureSettings.Offer.self)
        conditions.subscriptionState = choice("subscriptionState", in: fields, AzureSettings.State.self)
        if fields["allowedLocations"] != nil { conditions.allowedLocations = texts("allowedLocations", in: fields) }
        if fields["restrictedSizes"] != nil { conditions.restrictedSizes = texts("restrictedSizes", in: fields) }
        conditions.unregisteredProviders = Set(texts("unregisteredProviders", in: fields).map { $0.lowercased() })
        if let quotas = fields["familyQuotas"].flatMap({ self.fields(of: $0, at: "conditions.familyQuotas") }) {
            for entry in quotas.entries {
                let limit = number(entry.node, quotas.path(to: entry.key), 0...Int.max)
                if let limit { conditions.familyQuotas[entry.key] = limit }
            }
        }
        conditions.vcpuQuota = number("vcpuQuota", in: fields, 0...Int.max)
        conditions.operationSeconds = seconds("operationSeconds", in: fields)
        conditions.certificateClusters = flag("certificateClusters", in: fields)
        conditions.localRequests = flag("localRequests", in: fields)
        conditions.requestsPerMinute = number("requestsPerMinute", in: fields, 0...Int.max)
        for (index, item) in (items("operationFailures", in: fields) ?? []).enumerated() {
            if let failure = failure(item, at: "conditions.operationFailures[\(index)]") {
                conditions.operationFailures.append(failure)
            }
        }
        return conditions
    }

    private mutating func failure(_ node: YAMLNode, at path: String) -> SandboxConditions.OperationFailure? {
        guard let fields = fields(of: node, at: path, keys: ["operation", "code", "message"]) else { return nil }
        let code = text("code", in: fields) ?? "InternalServerError"
        let message = text("message", in: fields) ?? "The sandbox was told to fail this operation."
        guard fields["operation"] != nil else {
            missing("operation", in: fields)
            return nil
        }
        return choice("operation", in: fields, AzureOperation.Kind.self).map {
            SandboxConditions.OperationFailure(operation: $0, code: code, message: message)
        }
    }
}
