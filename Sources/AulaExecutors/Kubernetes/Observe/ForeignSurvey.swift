import AulaEngine
import AulaModel

/// Finds what others keep inside our namespaces and our cluster, before something is deleted with it.
///
/// Only names and labels are read, of every kind that the cluster serves, and nothing of it is ever changed here.
struct ForeignSurvey {
    let observer: KubernetesObserver

    func extend(_ observation: inout Observation) async {
        let mark = observer.blueprint.mark
        let ours = Set(
            observation.present.filter { $0.key.is(.namespace) && $0.value.mark?.isSameEdition(as: mark) == true }
                .compactMap { $0.value.attributes[["metadata", "name"]]?.string })
        // A cluster that was there before aula is not ours to delete, so what else is in it matters to nobody.
        let place = observer.blueprint.cohort.site.azure
        let cluster = place?.existing.contains("cluster") == false ? observer.cluster : nil
        guard !ours.isEmpty || cluster != nil else { return }
        observer.request.progress("looking for what others keep in these namespaces")
        let scope = ForeignScope(mark: mark, namespaces: ours, cluster: cluster)
        let kinds: [ObjectKind]
        do {
            kinds = try await Discovery.everything(in: observer.api, patience: observer.patience)
                .filter(ForeignScope.isOfInterest).map(\.kind)
        } catch {
            let reason = "what else lives in the namespaces could not be read: \(ReadFailure(error).reason)"
            observation.gaps += [Observation.Gap(.strangers(.kubernetes), reason: reason)]
            return
        }
        let (api, patience) = (observer.api, observer.patience)
        let readings = await concurrently(kinds) { kind in
            do {
                let found = try await api.list(
                    ListQuery(kind: kind, metadataOnly: true), into: ForeignCollector(kind: kind, scope: scope),
                    patience: patience)
                return Result<[Foreign], ReadFailure>.success(found.found)
            } catch {
                return .failure(ReadFailure(error))
            }
        }
        var seen: Set<String> = []
        for (kind, reading) in zip(kinds, readings) {
            switch reading {
            case .success(let found):
                // The same object may be served by two groups.
                observation.foreign += found.filter { $0.identity.map { seen.insert($0).inserted } ?? true }
            case .failure(let failure):
                // A definition that went meanwhile took its objects along.
                if failure.isNotFound { continue }
                observation.gaps.append(Observation.Gap(.kind(.kubernetes(kind.name)), reason: failure.reason))
            }
        }
    }
}

/// Picks what is foreign from one kind's list.
struct ForeignCollector: ItemCollector {
    let kind: ObjectKind
    let scope: ForeignScope
    private(set) var found: [Foreign] = []

    init(kind: ObjectKind, scope: ForeignScope) {
        self.kind = kind
        self.scope = scope
    }

    mutating func add(_ item: JSON) {
        if let foreign = scope.foreign(LiveObject(kind: kind, json: item)) { found.append(foreign) }
    }
}
