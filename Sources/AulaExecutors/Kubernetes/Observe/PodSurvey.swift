import AulaEngine
import AulaModel

/// Reads how the pods of our workloads are doing, and why controllers could not make them.
struct PodSurvey {
    let observer: KubernetesObserver

    func extend(_ observation: inout Observation) async {
        observer.request.progress("reading the pods")
        let ours = Set(
            observation.present.filter { $0.value.mark?.isSameEdition(as: observer.blueprint.mark) == true }.keys)
        guard !ours.isEmpty else { return }
        let (api, patience) = (observer.api, observer.patience)
        // Pods carry the cohort's name; whether it is this edition, the workload that they belong to tells.
        let selector = "\(ObjectMark.cohort)=\(observer.blueprint.mark.cohort)"
        async let pods = reading("Pod") {
            try await api.list(
                ListQuery(kind: .pod, labelSelector: selector), into: PodCollector(workloads: ours), patience: patience
            ).pods
        }
        async let refusals = reading("Event") {
            try await api.list(
                ListQuery(kind: .event, fieldSelector: "reason=FailedCreate"), into: RefusalCollector(workloads: ours),
                patience: patience
            ).refusals
        }
        switch await pods {
        case .success(let pods): observation.pods = pods
        case .failure(let gap): observation.gaps.append(gap.gap)
        }
        switch await refusals {
        case .success(let refusals): observation.refusals = refusals
        // Without them only the words for a refused pod are missing.
        case .failure: break
        }
    }

    private struct Unread: Error {
        var gap: Observation.Gap
    }

    private func reading<Value: Sendable>(
        _ kind: String, _ read: @Sendable () async throws -> Value
    ) async -> Result<Value, Unread> {
        do {
            return .success(try await read())
        } catch {
            return .failure(
                Unread(gap: Observation.Gap(.kind(.kubernetes(kind)), reason: ReadFailure(error).reason)))
        }
    }
}

/// The pods of some workloads.
struct PodCollector: ItemCollector {
    let workloads: Set<Address>
    private(set) var pods: [PodCondition] = []

    init(workloads: Set<Address>) {
        self.workloads = workloads
    }

    mutating func add(_ item: JSON) {
        guard item["metadata"]?["deletionTimestamp"] == nil, let workload = Self.workload(of: item),
            workloads.contains(workload)
        else { return }
        pods.append(PodCondition(workload: workload, pod: item))
    }

    /// Whom a pod serves: its controller, or the Deployment that made the ReplicaSet which made it.
    private static func workload(of pod: JSON) -> Address? {
        guard let owner = pod["metadata"]?["ownerReferences"]?.array?.first(where: { $0["controller"] == true }),
            let kind = owner["kind"]?.string, let name = owner["name"]?.string
        else { return nil }
        let namespace = pod["metadata"]?["namespace"]?.string
        guard let maker = KubernetesKind[kind]?.madeBy else { return .kubernetes(kind, namespace, name) }
        guard let dash = name.lastIndex(of: "-") else { return nil }
        return .kubernetes(maker, namespace, String(name[..<dash]))
    }
}

extension PodCondition {
    /// What a pod's own report says.
    init(workload: Address, pod: JSON) {
        let status = pod["status"] ?? [:]
        let containers = (status["initContainerStatuses"]?.array ?? []) + (status["containerStatuses"]?.array ?? [])
        let waiting = containers.first { $0["state"]?["waiting"] != nil && $0["ready"] != true }
        let state = waiting?["state"]?["waiting"]
        let conditions = status["conditions"]?.array ?? []
        let unplaced = conditions.first { $0["type"] == "PodScheduled" && $0["status"] == "False" }
        let ended = containers.lazy.compactMap {
            ($0["state"]?["terminated"] ?? $0["lastState"]?["terminated"])?["exitCode"]?.int
        }
        self.init(
            workload: workload, name: pod["metadata"]?["name"]?.string ?? "",
            phase: status["phase"]?.string ?? "Pending",
            isReady: conditions.contains { $0["type"] == "Ready" && $0["status"] == "True" },
            waiting: state?["reason"]?.string,
            message: state?["message"]?.string ?? unplaced?["message"]?.string ?? status["message"]?.string,
            lastExitCode: ended.first { $0 != 0 } ?? ended.first,
            restarts: containers.reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) },
            image: (waiting ?? containers.first)?["image"]?.string
                ?? pod[["spec", "containers"]]?[0]?["image"]?.string)
    }
}

/// The last words of controllers that could not make a pod, by workload.
struct RefusalCollector: ItemCollector {
    let workloads: Set<Address>
    private var latest: [Address: (time: String, message: String)] = [:]

    init(workloads: Set<Address>) {
        self.workloads = workloads
    }

    var refusals: [Address: String] { latest.mapValues(\.message) }

    mutating func add(_ item: JSON) {
        guard item["reason"] == "FailedCreate", let object = item["involvedObject"], let kind = object["kind"]?.string,
            let name = object["name"]?.string, let message = item["message"]?.string
        else { return }
        let address = Address.kubernetes(kind, object["namespace"]?.string, name)
        let time = item["lastTimestamp"]?.string ?? item["eventTime"]?.string ?? ""
        guard workloads.contains(address), latest[address].map({ $0.time <= time }) ?? true else { return }
        latest[address] = (time, message)
    }
}
