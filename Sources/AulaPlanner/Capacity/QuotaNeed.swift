import AulaModel
import AulaTemplates

/// What the declared workloads of one environment need of its quota.
///
/// All of them at once, jobs too, and of each workload the pods that one rolling update adds (`maxSurge`): without
/// room for those an update that may take no pod away would never begin. What an autoscaler may add does not count.
struct QuotaNeed: Hashable, Sendable {
    private(set) var pods = 0
    private(set) var requests = PodSize.Amount()
    private(set) var limits = PodSize.Amount()
    private(set) var claims = 0
    /// MiB.
    private(set) var storage = 0
    private(set) var loadBalancers = 0

    private static let balancers = "services.loadbalancers"

    /// Adds up what lives in a namespace; of what runs on each node there are as many as nodes.
    init(of renderings: [Rendering], in namespace: String, nodes: Int) {
        let own = renderings.flatMap(\.resources).filter { $0.body["metadata"]?["namespace"]?.string == namespace }
        let standard = ContainerStandard(own)
        for resource in own { add(resource, standard, nodes: nodes) }
        for need in renderings.flatMap(\.needs.pods) where need.namespace == namespace {
            add(PodSize(pod: need.pod, standard: standard), times: need.count * (need.isPerNode ? nodes : 1))
        }
    }

    private mutating func add(_ pod: PodSize, times: Int) {
        pods += times
        requests = requests + pod.requests * times
        limits = limits + pod.limits * times
    }

    private mutating func add(_ resource: Resource, _ standard: ContainerStandard, nodes: Int) {
        guard let kind = resource.kubernetesKind else { return }
        if let workload = kind.pods {
            var count = resource.replicas
            if case .perNode = workload.count { count *= nodes }
            count += resource.surge(over: count)
            add(PodSize(pod: resource.body[workload.template + ["spec"]], standard: standard), times: count)
        }
        for (claim, count) in resource.claims {
            claims += count
            let wanted = claim[["spec", "resources", "requests", "storage"]].flatMap(CapacityUnit.mebibyte.amount)
            storage += (wanted ?? 0) * count
        }
        if kind.quota == Self.balancers, kind.isMeant(resource.body) { loadBalancers += 1 }
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
            Row(quota: Self.balancers, parameter: "loadBalancers", wanted: loadBalancers),
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
