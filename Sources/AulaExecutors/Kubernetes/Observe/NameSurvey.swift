import AulaEngine
import AulaModel
import AulaPlanner
import AulaTokens

/// Looks at the names of resources that were not found by label: somebody else may have taken them.
struct NameSurvey {
    let observer: KubernetesObserver
    /// Kinds that were read; of the others nothing is known anyway.
    let kinds: Set<ObjectKind>
    /// Nil where the namespaces could not be read.
    let namespaces: Set<String>?

    /// Objects of one kind in one place whose names are in question.
    private struct Question: Sendable {
        var kind: ObjectKind
        var namespace: String?
        var names: Set<String>
    }

    func extend(_ observation: inout Observation) async {
        let questions = questions(observation)
        for answer in await concurrently(questions, { await ask($0) }) {
            observation.present.merge(answer.present) { first, _ in first }
            observation.gaps += answer.gaps
        }
    }

    private func questions(_ observation: Observation) -> [Question] {
        var byPlace: [String: Question] = [:]
        var order: [String] = []
        // A token that was rotated has another name: the first one is not in question.
        let blueprint = TokenGenerations(observer.blueprint, observation).blueprint
        for resource in blueprint.resources where resource.address.system == .kubernetes {
            guard let kind = kinds.first(matching: resource.body), kind != .namespace,
                case .absent = observation.presence(of: resource.address)
            else { continue }
            let namespace = kind.isNamespaced ? resource.namespace : nil
            // In a namespace that does not exist no name is taken.
            if let namespace, let namespaces, !namespaces.contains(namespace) { continue }
            let place = "\(kind.apiVersion)/\(kind.plural)/\(namespace ?? "")"
            if byPlace[place] == nil {
                byPlace[place] = Question(kind: kind, namespace: namespace, names: [])
                order.append(place)
            }
            byPlace[place]?.names.insert(resource.name)
        }
        return order.compactMap { byPlace[$0] }
    }

    /// One GET for one name, one LIST for several.
    private func ask(_ question: Question) async -> Observation {
        let (kind, namespace, names) = (question.kind, question.namespace, question.names)
        var collector = ObservedCollector(kind, observer.blueprint, cluster: observer.cluster) {
            names.contains($0.name)
        }
        do {
            if names.count == 1, let name = names.first {
                let answer = try await observer.api.read(
                    kind.path(namespace: namespace, name: name), patience: observer.patience)
                if answer.status == 404 { return Observation() }
                guard answer.status == 200, let object = try? JSON(parsing: answer.body) else {
                    throw ReadFailure(Refusal(answer))
                }
                collector.add(object)
            } else {
                collector = try await observer.api.list(
                    ListQuery(kind: kind, namespace: namespace), into: collector, patience: observer.patience)
            }
            return Observation(present: collector.objects)
        } catch {
            let reason = ReadFailure(error).reason
            return Observation(
                gaps: names.sorted().map {
                    Observation.Gap(.thing(.kubernetes(kind.name, namespace, $0)), reason: reason)
                })
        }
    }
}

extension Set<ObjectKind> {
    /// The kind of a manifest.
    fileprivate func first(matching manifest: JSON) -> ObjectKind? {
        guard let name = KindCatalogue.Name(manifest) else { return nil }
        return first { $0.name == name.kind && $0.apiVersion == name.apiVersion }
    }
}

extension Resource {
    var name: String { body[["metadata", "name"]]?.string ?? "" }
    var namespace: String? { body[["metadata", "namespace"]]?.string }
}
