import AulaModel
import Foundation

extension FieldCheck {
    func workloadProblems(_ value: JSON, _ field: String, _ object: JSON, _ kind: Kind) -> [FieldProblem] {
        switch self {
        case .selector: Self.selector(value, field, kind)
        case .rollout: Self.rollout(value, field)
        case .deadline:
            (value["progressDeadlineSeconds"]?.int).map { $0 <= value["minReadySeconds"]?.int ?? 0 } ?? false
                ? [
                    .invalid(
                        "\(field).progressDeadlineSeconds", value["progressDeadlineSeconds"] ?? 0,
                        "must be greater than minReadySeconds")
                ] : []
        case .job: Self.job(value, field)
        case .schedule: Self.schedule(value, field)
        case .timeZone:
            value.string.map { TimeZone(identifier: $0) != nil && $0 != "Local" } ?? true
                ? [] : [.invalid(field, value, "unknown time zone \(value.string ?? "")")]
        case .replicaBounds:
            (value["maxReplicas"]?.int ?? 0) < (value["minReplicas"]?.int ?? 1)
                ? [
                    .invalid(
                        "\(field).maxReplicas", value["maxReplicas"] ?? 0,
                        "must be greater than or equal to `minReplicas`")
                ] : []
        case .metric: Self.metric(value, field)
        case .budget:
            value["minAvailable"] != nil && value["maxUnavailable"] != nil
                ? [.invalid(field, value, "minAvailable and maxUnavailable cannot be both set")] : []
        default: []
        }
    }

    private static func selector(_ spec: JSON, _ field: String, _ kind: Kind) -> [FieldProblem] {
        let selector = spec["selector"]
        let labels = spec[["template", "metadata", "labels"]]
        guard let selector, !selector.isHollow else {
            var problems = [FieldProblem.required("\(field).selector")]
            if labels != nil, let selector {
                problems.append(
                    .invalid(
                        "\(field).selector", selector, "empty selector is invalid for \(kind.name.lowercased())"))
            }
            return problems
        }
        let problems = labelSelector(selector, "\(field).selector")
        guard problems.isEmpty, let parsed = LabelSelector(spec: selector), !parsed.matches(labels) else {
            return problems
        }
        return [
            .invalid(
                "\(field).template.metadata.labels", labels ?? .null, "`selector` does not match template `labels`")
        ]
    }

    private static func rollout(_ strategy: JSON, _ field: String) -> [FieldProblem] {
        guard let rolling = strategy["rollingUpdate"] else { return [] }
        if strategy["type"] == "Recreate" {
            return [.forbidden("\(field).rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")]
        }
        var problems = ["maxUnavailable", "maxSurge"].compactMap { name in
            rolling[name].flatMap { FieldForm.share.problem($0, "\(field).rollingUpdate.\(name)") }
        }
        func isZero(_ name: String) -> Bool { rolling[name] == 0 || rolling[name] == "0%" }
        if isZero("maxUnavailable"), isZero("maxSurge") {
            problems.append(
                .invalid(
                    "\(field).rollingUpdate.maxUnavailable", rolling["maxUnavailable"] ?? 0,
                    "may not be 0 when `maxSurge` is 0"))
        }
        if let text = rolling["maxUnavailable"]?.string, let percent = Int(text.dropLast()), percent > 100 {
            problems.append(
                .invalid("\(field).rollingUpdate.maxUnavailable", .string(text), "must not be greater than 100%"))
        }
        return problems
    }

    private static func job(_ spec: JSON, _ field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let policy = spec[["template", "spec", "restartPolicy"]] ?? ""
        if spec["completionMode"] == "Indexed" {
            if spec["completions"] == nil {
                problems.append(.required("\(field).completions", "when completion mode is Indexed"))
            }
        } else if let limit = spec["backoffLimitPerIndex"] {
            problems.append(.invalid("\(field).backoffLimitPerIndex", limit, "requires indexed completion mode"))
        }
        if policy != "OnFailure", policy != "Never" {
            problems.append(
                .required("\(field).template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""))
        } else if spec["podFailurePolicy"] != nil, policy != "Never" {
            problems.append(
                .invalid(
                    "\(field).template.spec.restartPolicy", policy,
                    "only \"Never\" is supported when podFailurePolicy is specified"))
        }
        if field == "spec", let selector = LabelSelector(spec: spec["selector"]),
            !selector.matches(spec[["template", "metadata", "labels"]])
        {
            problems.append(
                .invalid(
                    "\(field).template.metadata.labels", spec[["template", "metadata", "labels"]] ?? .null,
                    "`selector` does not match template `labels`"))
        }
        if spec["manualSelector"] != true, field != "spec", spec["selector"] != nil {
            problems.append(
                .invalid("\(field).selector", spec["selector"] ?? .null, "`selector` will be auto-generated"))
        }
        return problems
    }

    private static let shorthands = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]

    private static func schedule(_ value: JSON, _ field: String) -> [FieldProblem] {
        guard let text = value.string, !text.isEmpty, !shorthands.contains(text), !text.hasPrefix("@every ") else {
            return []
        }
        if text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ=") {
            return [.invalid(field, value, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
        }
        guard CronExpression(text) == nil else { return [] }
        let fields = text.split(separator: " ")
        return [
            .invalid(
                field, value,
                fields.count == 5
                    ? "failed to parse int from \(text)"
                    : "expected exactly 5 fields, found \(fields.count): [\(fields.joined(separator: " "))]")
        ]
    }

    private static func metric(_ metric: JSON, _ field: String) -> [FieldProblem] {
        guard let type = metric["type"]?.string, let first = type.first else { return [] }
        let member = first.lowercased() + type.dropFirst()
        guard let source = metric[member] else {
            return [.required("\(field).\(member)", "must populate information for the given metric source")]
        }
        guard member == "resource" || member == "containerResource", let target = source["target"] else { return [] }
        if target["averageUtilization"] == nil, target["averageValue"] == nil {
            return [
                .required(
                    "\(field).\(member).target.averageUtilization",
                    "must set either a target raw value or a target utilization")
            ]
        }
        return []
    }
}
