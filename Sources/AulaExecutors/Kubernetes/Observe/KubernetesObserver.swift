import AulaEngine
import AulaModel
import AulaPlanner

/// Reads what a cohort has in a cluster: one LIST by label for each kind, all at once, all namespaces.
struct KubernetesObserver: Sendable {
    let connected: ConnectedCluster
    let catalogue: KindCatalogue
    let patience: Patience
    let request: ObservationRequest

    var blueprint: Blueprint { request.blueprint }
    var api: KubernetesAPI { connected.api }
    /// What namespaces live inside, where the cluster is one that aula made.
    var cluster: Address? { blueprint.cohort.clusterAddress }

    /// - Returns: the observation, and whether the proxy turned out to be gone.
    func observe() async -> (Observation, lostProxy: Bool) {
        let (kinds, unserved, unknown) = await kindsToRead()
        request.progress("reading \(kinds.count + 1) kinds of Kubernetes objects")
        async let namespaces = readNamespaces()
        let readings = await concurrently(kinds) { await read($0) }
        let (names, namespaceReading) = await namespaces
        var observation = Observation()
        var failures = unknown
        for reading in readings + [namespaceReading] {
            observation.present.merge(reading.objects) { first, _ in first }
            if let failure = reading.failure { failures[reading.kind.name] = failure }
        }
        let lostProxy = failures.values.contains(where: \.lostProxy)
        if failures.count >= kinds.count + 1, let first = failures.sorted(by: { $0.key < $1.key }).first?.value {
            observation.gaps = [Observation.Gap(.system(.kubernetes), reason: first.reason)]
            return (observation, lostProxy)
        }
        let needless = needless(failures)
        observation.gaps = failures.sorted { $0.key < $1.key }.filter { !needless.contains($0.key) }.map {
            Observation.Gap(.kind(.kubernetes($0.key)), reason: $0.value.reason)
        }
        observation.notices = unserved
        if !needless.isEmpty {
            observation.notices.append(
                Diagnostic(
                    .warning, "\(needless.joined(separator: ", ")) cannot be read, and the file asks for none",
                    hint: "should the class have had some, run aula with the right to list them"))
        }
        if !connected.version.isEmpty {
            observation.sandboxed[.kubernetes] = connected.version.contains("sandbox")
        }
        await NameSurvey(observer: self, kinds: Set(kinds), namespaces: names).extend(&observation)
        restoreMarks(in: &observation)
        if request.includesPods { await PodSurvey(observer: self).extend(&observation) }
        if request.includesForeign {
            await ForeignSurvey(observer: self).extend(&observation)
        }
        releaseClaims(in: &observation)
        await GrowthSurvey(observer: self).extend(&observation)
        recall(in: &observation)
        observation.nameTwins(of: blueprint.mark)
        return (observation, lostProxy)
    }

    /// Kinds that this user may not read and the class does not use, which keep nothing from being planned.
    ///
    /// Not at a destroy, which must see everything, and not those that can hold what people stored.
    private func needless(_ failures: [String: ReadFailure]) -> [String] {
        guard request.purpose == .apply else { return [] }
        let used = Set(blueprint.resources.filter { $0.address.system == .kubernetes }.map(\.address.kind.name))
        return failures.filter { name, failure in
            failure.isForbidden && !used.contains(name) && name != ObjectKind.namespace.name
                && KubernetesKind[name].map { $0.claims == nil } == true
        }.keys.sorted()
    }

    private func read(_ kind: ObjectKind) async -> KindReading {
        var reading = KindReading(kind: kind)
        // Without an id nothing can be ours.
        guard !blueprint.mark.id.isEmpty else { return reading }
        do {
            // What an object of ours brought forth (the pods of a Deployment) may carry its labels.
            let collector = ObservedCollector(kind, blueprint, cluster: cluster) { !$0.hasOwner }
            reading.objects = try await api.list(
                ListQuery(kind: kind, labelSelector: ObjectMark.selector(blueprint.mark)), into: collector,
                patience: patience
            ).objects
        } catch {
            reading.failure = ReadFailure(error)
        }
        return reading
    }

    /// All of them, since their names are the cluster's: another's namespace may have the name of one of ours.
    private func readNamespaces() async -> (Set<String>?, KindReading) {
        var reading = KindReading(kind: .namespace)
        do {
            let (mark, blueprint) = (blueprint.mark, blueprint)
            let collector = ObservedCollector(.namespace, blueprint, cluster: cluster) { object in
                object.mark?.id == mark.id || blueprint[object.address] != nil
            }
            let all = try await api.list(
                ListQuery(kind: .namespace), into: NamespaceCollector(collector), patience: patience)
            reading.objects = all.chosen.objects
            return (all.names, reading)
        } catch {
            reading.failure = ReadFailure(error)
            return (nil, reading)
        }
    }

    /// What is always read, and what else the blueprint asks for.
    ///
    /// - Returns: the kinds; errors for those that the cluster does not have; failures for those that nobody knows of.
    private func kindsToRead() async -> ([ObjectKind], [Diagnostic], [String: ReadFailure]) {
        var kinds = ObjectKind.managed.filter { $0 != .namespace }
        var seen = Set(
            ObjectKind.managed.compactMap {
                KindCatalogue.Name(["apiVersion": .string($0.apiVersion), "kind": .string($0.name)])
            })
        var unserved: [Diagnostic] = []
        var failures: [String: ReadFailure] = [:]
        for resource in blueprint.resources where resource.address.system == .kubernetes {
            guard let name = KindCatalogue.Name(resource.body), seen.insert(name).inserted else { continue }
            do {
                if let kind = try await catalogue.kind(name, in: api, patience: patience) {
                    kinds.append(kind)
                } else {
                    unserved.append(
                        Diagnostic(
                            .error, "\(resource.address): the cluster knows no \(name.kind) in \(name.apiVersion)",
                            hint: "correct apiVersion and kind, or install its definition in the cluster first"))
                }
            } catch {
                failures[name.kind] = ReadFailure(error)
            }
        }
        return (kinds, unserved, failures)
    }

    /// What aula made in a namespace of ours is ours, whatever somebody who may write there did to its labels.
    private func restoreMarks(in observation: inout Observation) {
        let lost = observation.present.filter { $0.value.hasLostMark }
        for (address, observed) in lost {
            let home = observed.container.flatMap { observation.present[$0]?.mark }
            if home?.isSameEdition(as: blueprint.mark) == true {
                observation.present[address]?.mark = blueprint.mark
                observation.present[address]?.slot = blueprint[address]?.slot ?? observed.slot
            } else {
                observation.present[address]?.hasLostMark = false
            }
        }
    }

    /// What is remembered in aula's own namespace, where no deployer can write; another edition's is not ours to know.
    private func recall(in observation: inout Observation) {
        let home = Address.kubernetes("ConfigMap", blueprint.cohort.ownNamespace, ClassMemory.configMapName)
        guard let memory = observation.present[home], memory.mark?.isSameEdition(as: blueprint.mark) == true else {
            return
        }
        let data = memory.attributes["data"]?.object?.members ?? []
        do {
            try observation.memory.add(
                parts: data.compactMap { member in member.value.string.map { (member.key, $0) } })
        } catch {
            observation.notices.append(.newerMemory(in: home.text))
        }
    }

    /// The claims of a StatefulSet that stays are its own, not ours to end: they are shown without a mark.
    private func releaseClaims(in observation: inout Observation) {
        guard request.purpose == .apply else { return }
        let owners = Set(
            blueprint.resources.filter { $0.kubernetesKind?.claims?.path != nil }.flatMap { resource in
                resource.claims.compactMap { template in
                    template.claim["metadata"]?["name"]?.string.map {
                        ClaimOwner(namespace: resource.container, prefix: "\($0)-\(resource.name)-")
                    }
                }
            })
        guard !owners.isEmpty else { return }
        for (address, observed) in observation.present where address.is(.claim) {
            guard let name = observed.attributes[["metadata", "name"]]?.string,
                let dash = name.lastIndex(of: "-"), Int(name[name.index(after: dash)...]) != nil,
                owners.contains(ClaimOwner(namespace: observed.container, prefix: String(name[...dash])))
            else { continue }
            observation.present[address]?.mark = nil
        }
    }

    private struct ClaimOwner: Hashable {
        var namespace: Address?
        var prefix: String
    }
}
