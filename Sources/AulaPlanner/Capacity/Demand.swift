package import AulaModel

/// What the workloads of a class ask of a cluster.
package struct Demand: Hashable, Sendable {
    package var pods = 0
    /// Requested millicores.
    package var cpu = 0
    /// Requested MiB.
    package var memory = 0
    /// Volumes that are attached at the same time.
    package var volumes = 0

    package init() {}

    /// Adds up every workload of a blueprint; jobs run to their end and make room again, so only the largest counts.
    package init(_ blueprint: Blueprint) {
        var largestJob = Demand()
        for resource in blueprint.resources where resource.address.system == .kubernetes {
            let body = resource.lifecycle.initial.map { resource.body.merging($0) } ?? resource.body
            switch resource.address.kind.name {
            case "Deployment", "StatefulSet", "ReplicaSet":
                let replicas = JSON.times(body["spec"]?["replicas"])
                add(Demand(pod: body["spec"]?["template"]?["spec"]), times: replicas)
                volumes += replicas * (body["spec"]?["volumeClaimTemplates"]?.array?.count ?? 0)
            case "PersistentVolumeClaim": volumes += 1
            case "Job":
                let job = Demand(pod: body["spec"]?["template"]?["spec"])
                if job.cpu > largestJob.cpu { largestJob = job }
            default: break
            }
        }
        add(largestJob, times: 1)
    }

    private init(pod: JSON?) {
        let size = PodSize(pod: pod).requests
        pods = 1
        cpu = size.cpu
        memory = size.memory
    }

    private mutating func add(_ other: Demand, times: Int) {
        pods += other.pods * times
        cpu += other.cpu * times
        memory += other.memory * times
    }
}
