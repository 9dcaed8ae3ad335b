import AulaModel
import AulaTemplates

/// What the declared workloads of one environment need of its quota.
///
/// All of them at once, jobs too, and of each Deployment the pods that one rolling update adds (`maxSurge`): without
/// room for those an update that may take no pod away would never begin. What an autoscaler may add does not count, and
/// a DaemonSet counts once.
struct QuotaNeed: Hashable, Sendable {
    private(set) var pods = 0
    private(set) var requests = PodSize.Amount()
    private(set) var limits = PodSize.Amount()
    private(set) var claims = 0
    /// MiB.
    private(set) var storage = 0
    private(set) var loadBalancers = 0

    init(of resources: [Resource], in namespace: String) {
        let own = resources.filter { $0.body["metadata"]?["namespace"]?.string == namespace }
        let standard = ContainerStandard(own)
        for resource in own { add(resource, standard) }
    }

    private mutating func add(_ resource: Resource, _ standard: ContainerStandard) {
        let body = resource.body
        guard let kind = body["kind"]?.string else { return }
        switch kind {
        case "Pod": add(pod: body["spec"], standard, times: 1)
        case "DaemonSet": add(pod: body["spec"]?["template"]?["spec"], standard, times: 1)
        case "Deployment", "StatefulSet", "ReplicaSet":
            // Where a pipeline deploys, the replicas are written once, apart from the rest.
            let first = resource.lifecycle.initial?["spec"]?["replicas"]
            let replicas = JSON.times(first ?? body["spec"]?["replicas"])
            let surge = kind == "Deployment" ? Self.surge(body["spec"]?["strategy"], replicas) : 0
            add(pod: body["spec"]?["template"]?["spec"], standard, times: replicas + surge)
            for claim in body["spec"]?["volumeClaimTemplates"]?.array ?? [] { add(claim: claim, times: replicas) }
        case "Job": add(job: body["spec"], standard)
        case "CronJob": add(job: body["spec"]?["jobTemplate"]?["spec"], standard)
        case "PersistentVolumeClaim": add(claim: body, times: 1)
        case "Service" where body["spec"]?["type"] == "LoadBalancer": loadBalancers += 1
        default: break
        }
    }

    private mutating func add(pod: JSON?, _ standard: ContainerStandard, times: Int) {
        let one = PodSize(pod: pod, standard: standard)
        pods += times
        requests = requests + one.requests * times
        limits = limits + one.limits * times
    }

    private mutating func add(job: JSON?, _ standard: ContainerStandard) {
        add(pod: job?["template"]?["spec"], standard, times: JSON.times(job?["parallelism"]))
    }

    private mutating func add(claim: JSON, times: Int) {
        claims += times
        let wanted = claim[["spec", "resources", "requests", "storage"]].flatMap(CapacityUnit.mebibyte.amount)
        storage += (wanted ?? 0) * times
    }

    /// How many pods a rolling update may add: a number, or a share of the replicas, rounded up.
    private static func surge(_ strategy: JSON?, _ replicas: Int) -> Int {
        if strategy?["type"] == "Recreate" { return 0 }
        let value = strategy?["rollingUpdate"]?["maxSurge"]
        if value?.int != nil { return JSON.times(value) }
        let percent = (value?.string?.dropLast()).flatMap { Int($0) }.map { min(max(0, $0), 100) } ?? 25
        return (replicas * percent + 99) / 100
    }

    /// An amount with the name that a quota counts it by and the parameter of the environment's template that sizes it.
    private struct Row {
        var quota: String
        var parameter: String
        var wanted: Int
        var unit = CapacityUnit.count
    }

    private var rows: [Row] {
        [
            Row(quota: "pods", parameter: "pods", wanted: pods),
            Row(quota: "requests.cpu", parameter: "cpu", wanted: requests.cpu, unit: .millicore),
            Row(quota: "requests.memory", parameter: "memory", wanted: requests.memory, unit: .mebibyte),
            Row(quota: "limits.cpu", parameter: "cpuLimit", wanted: limits.cpu, unit: .millicore),
            Row(quota: "limits.memory", parameter: "memoryLimit", wanted: limits.memory, unit: .mebibyte),
            Row(quota: "persistentvolumeclaims", parameter: "claims", wanted: claims),
            Row(quota: "requests.storage", parameter: "storage", wanted: storage, unit: .mebibyte),
            Row(quota: "services.loadbalancers", parameter: "loadBalancers", wanted: loadBalancers),
        ]
    }

    /// Values for the parameters whose own are too small.
    func values(beyond parameters: [ParameterDeclaration]) -> [String: JSON] {
        var values: [String: JSON] = [:]
        for row in rows {
            guard let parameter = parameters.first(where: { $0.name == row.parameter }),
                let standard = row.unit.amount(parameter.standard), row.wanted > standard
            else { continue }
            values[row.parameter] = .string(row.unit.text(row.wanted))
        }
        return values
    }

    /// Warns of quotas that would refuse the very pods that the cohort file asks for: a teacher's own.
    func findings(about rendering: Rendering, in namespace: String) -> [Diagnostic] {
        zip(rendering.resources, rendering.positions).compactMap { resource, position in
            let body = resource.body
            guard body["kind"] == "ResourceQuota", body["metadata"]?["namespace"]?.string == namespace else {
                return nil
            }
            let lacks = lacks(in: body)
            guard !lacks.isEmpty else { return nil }
            return Diagnostic(
                .warning,
                "the quota '\(body["metadata"]?["name"]?.string ?? "")' is too small for its own environment: "
                    + lacks.joined(separator: "; "),
                at: position,
                hint: "raise it, or lower what the components ask for; a rolling update needs its surge, too"
            )
        }
    }

    /// In words, what a quota has too little of; empty where everything fits, and for quotas of some pods only.
    private func lacks(in quota: JSON) -> [String] {
        guard quota["spec"]?["scopes"] == nil, quota["spec"]?["scopeSelector"] == nil else { return [] }
        return rows.compactMap { row in
            guard let limit = quota["spec"]?["hard"]?[row.quota], let most = row.unit.amount(limit), row.wanted > most
            else { return nil }
            return "\(row.quota): \(row.unit.text(row.wanted)) wanted, \(limit.string ?? limit.text) there"
        }
    }
}
