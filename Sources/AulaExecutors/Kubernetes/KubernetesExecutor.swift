package import AulaEngine
package import AulaModel

/// Reads and writes what a cohort has in its cluster, over the API behind `kubectl proxy`.
package struct KubernetesExecutor: Executor {
    package var system: System { .kubernetes }

    private let connection: ClusterConnection
    private let patience: Patience
    private let catalogue = KindCatalogue()

    package init(connection: ClusterConnection, patience: Patience = Patience()) {
        self.connection = connection
        self.patience = patience
    }

    package func close() async {
        await connection.close()
    }

    /// The next one to ask connects anew.
    package func forget() async {
        await connection.close()
    }

    package func lock(of mark: Mark) -> (any SharedLock)? {
        LeaseLock(connection: connection, patience: patience, mark: mark)
    }

    package func preflight(_ plan: Plan) async -> [Diagnostic] {
        guard plan.changes.contains(where: { $0.address.system == .kubernetes }) else { return [] }
        do {
            // Also for a cluster that is yet to be made: that takes minutes, and kubectl is needed after it.
            try await connection.checkKubectl()
        } catch {
            let failure = ConnectionFailure(error, while: "asking kubectl for its version").error
            return [Diagnostic(.error, failure.message, hint: failure.hint)]
        }
        // What may be done in a cluster that goes says nothing of the one that comes.
        let goes = plan.changes.contains { $0.address.is(.azureCluster) && $0.action != .update }
        guard !goes, let connected = await connection.current() else { return [] }
        return await KubernetesPreflight(
            api: connected.api, patience: patience, catalogue: catalogue, plan: plan
        ).run()
    }

    package func observe(_ request: ObservationRequest) async -> Observation {
        // A proxy that died since the last call is started again once.
        var last = Observation()
        for _ in 1...2 {
            request.progress("connecting to the cluster")
            let connected: ConnectedCluster
            do {
                connected = try await connection.connected()
            } catch {
                return Self.observation(without: ConnectionFailure(error, while: "connecting to the cluster"))
            }
            async let address = wantedAddress(request.blueprint.cohort)
            let observer = KubernetesObserver(
                connected: connected, catalogue: catalogue, patience: patience, request: request)
            var (observation, lostProxy) = await observer.observe()
            do {
                let root = request.blueprint.cohort.rootConfigMap
                let address = try await address
                observation.present[root]?.outputs.merge(address?.outputs ?? [:]) { _, new in new }
                if request.purpose == .apply, address?.isUnchecked == true {
                    observation.notices.append(Self.unchecked)
                }
            } catch {
                return Self.observation(without: ConnectionFailure(error, while: "connecting to the cluster"))
            }
            guard lostProxy else { return observation }
            last = observation
            await connection.abandon(connected)
        }
        return last
    }

    private static let unchecked = Diagnostic(
        .error,
        "the kubeconfig does not check who the cluster is (insecure-skip-tls-verify), and pipelines would get no "
            + "certificate to check it by",
        hint: "write the cluster's certificate-authority-data in its place")

    /// Where others reach the cluster, if there are others: GitLab registers it.
    private func wantedAddress(_ cohort: Cohort) async throws -> ClusterAddress? {
        cohort.gitlab == nil ? nil : try await connection.address()
    }

    /// Nothing exists in a cluster that does not exist; of one that cannot be reached nothing is known.
    private static func observation(without failure: ConnectionFailure) -> Observation {
        switch failure {
        case .absent: Observation()
        case .unreachable(let reason, let hint, _):
            Observation(gaps: [Observation.Gap(.system(.kubernetes), reason: reason, hint: hint)])
        }
    }

    package func perform(_ step: Step) async throws -> StepResult {
        let connected: ConnectedCluster
        do {
            connected = try await connection.connected()
        } catch let failure as ConnectionFailure {
            try Task.checkCancellation()
            throw failure.error
        }
        do {
            var result = try await StepPerformance(
                connected: connected, catalogue: catalogue, patience: patience, step: step
            ).run()
            if step.change.address == step.mark.rootConfigMap, step.change.action != .delete {
                result.outputs.merge(try await connection.address().outputs) { _, new in new }
            }
            return result
        } catch let error as ProxyLost {
            await connection.abandon(connected)
            throw error.error
        } catch let failure as ConnectionFailure {
            throw failure.error
        }
    }
}
