import AulaModel

extension Advice {
    /// Settings of groups and environments that change nothing: as the component has them, or of no use to it.
    static func overrides(_ cohort: Cohort) -> [Diagnostic] {
        let components = Dictionary(cohort.components.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let ofGroups = cohort.groups.map { (path: "groups.\($0.key)", owner: "group `\($0.name)`", own: $0.overrides) }
        let ofEnvironments = cohort.environments.map {
            (path: "environments.\($0.name)", owner: "environment `\($0.name)`", own: $0.overrides)
        }
        func findings(
            _ owners: [(path: String, owner: String, own: Overrides)], beside others: [Overrides], areGroups: Bool
        ) -> [Diagnostic] {
            owners.flatMap { path, owner, own in
                own.components.sorted { $0.key < $1.key }.flatMap { name, override -> [Diagnostic] in
                    guard let component = components[name] else { return [] }
                    let position = override.parameters.values.compactMap(\.position).first ?? cohort.positions[path]
                    if areGroups, component.shared != nil,
                        override.image != nil || override.version != nil || override.replicas != nil
                    {
                        return [
                            Diagnostic(
                                .warning,
                                "`\(name)` is shared by all groups: what \(owner) says of its server has no effect",
                                at: position, hint: "say it of the component or of an environment")
                        ]
                    }
                    let beside = others.compactMap { $0.components[name] }
                    return useless(override, of: component, beside: beside).map { key in
                        Diagnostic(
                            .warning, "`\(key)` of `\(name)` in \(owner) has no effect: the component says the same",
                            at: override.parameters[key]?.position ?? position, hint: "leave it out")
                    }
                }
            }
        }
        return findings(ofGroups, beside: cohort.environments.map(\.overrides), areGroups: true)
            + findings(ofEnvironments, beside: cohort.groups.map(\.overrides), areGroups: false)
    }

    /// The keys of an override that say what the component says anyway, and that nobody else changes in between.
    private static func useless(
        _ override: ComponentOverride, of component: Component, beside others: [ComponentOverride]
    ) -> [String] {
        var keys: [String] = []
        if let image = override.image, image == component.image, !others.contains(where: { $0.image != nil }) {
            keys.append("image")
        }
        if let version = override.version, version == component.version, !others.contains(where: { $0.version != nil })
        {
            keys.append("version")
        }
        if let count = override.replicas, count == component.replicas, !others.contains(where: { $0.replicas != nil }) {
            keys.append("replicas")
        }
        for (name, parameter) in override.parameters.sorted(by: { $0.key < $1.key })
        where parameter.value == component.parameters[name]?.value
            && !others.contains(where: { $0.parameters[name] != nil })
        {
            keys.append(name)
        }
        return keys
    }
}
