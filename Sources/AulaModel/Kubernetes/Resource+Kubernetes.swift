extension Resource {
    /// What aula knows of its kind; nil outside Kubernetes, and for kinds that a template declared.
    package var kubernetesKind: KubernetesKind? {
        guard address.system == .kubernetes else { return nil }
        return body["kind"] == nil ? KubernetesKind[address.kind.name] : KubernetesKind.of(body)
    }

    /// What it looks like when it is made, before a pipeline delivers.
    package var bodyAtBirth: JSON { lifecycle.initial.map { body.merging($0) } ?? body }

    /// How many pods it has at a time on each node, or in all; a university has ten thousands to add up, so that a
    /// count is at most a million.
    package var replicas: Int {
        // Where a pipeline deploys, the replicas are written once, apart from the rest.
        switch kubernetesKind?.pods?.count {
        case .replicas: Self.times(lifecycle.initial?["spec"]?["replicas"] ?? body["spec"]?["replicas"])
        case .untilDone(let job): Self.times(body[job + ["parallelism"]])
        case .one, .perNode, nil: 1
        }
    }

    /// How many pods a rolling update adds to so many: a number, or a share of them, rounded up.
    package func surge(over pods: Int) -> Int {
        guard let surge = kubernetesKind?.pods?.surge else { return 0 }
        let strategy = body[surge.strategy]
        if let type = strategy?["type"], type != "RollingUpdate" { return 0 }
        let value = strategy?["rollingUpdate"]?["maxSurge"]
        if value?.int != nil { return Self.times(value) }
        let percent = (value?.string?.dropLast()).flatMap { Int($0) }.map { min(max(0, $0), 100) } ?? surge.standard
        return (pods * percent + 99) / 100
    }

    /// The volumes that it claims: itself, or those of each of its pods.
    package var claims: [(claim: JSON, count: Int)] {
        switch kubernetesKind?.claims {
        case .itself: [(body, 1)]
        case .templates(let path): (body[path]?.array ?? []).map { ($0, replicas) }
        case nil: []
        }
    }

    /// What is billed for it.
    package var charges: [Charge] {
        guard let kind = kubernetesKind, !kind.bills.isEmpty, kind.isMeant(body) else { return [] }
        return kind.bills.filter { !($0.unless?.holds(body) ?? false) }.map { bill in
            let count =
                switch bill.count {
                case .times(let count): count
                case .items(let path): body[path]?.array?.count ?? 1
                }
            return Charge(
                bill.item, for: bill.sharedAs ?? address.path, count: count, isShared: bill.sharedAs != nil,
                group: bill.sharedAs == nil ? slot.group : nil)
        }
    }

    private static func times(_ count: JSON?) -> Int { min(max(0, count?.int ?? 1), 1 << 20) }
}
