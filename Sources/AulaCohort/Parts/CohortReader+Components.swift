import AulaModel
import AulaYAML

extension CohortReader {
    /// `components:` in the file's order.
    mutating func components(in root: Fields, soundOnly: Bool = false) -> [Component] {
        guard let node = root["components"], let fields = fields(of: node, at: "components") else { return [] }
        return fields.entries.compactMap {
            let count = diagnostics.count
            let component = component($0)
            return soundOnly && diagnostics.count > count ? nil : component
        }
    }

    private mutating func component(_ entry: YAMLEntry) -> Component? {
        let path = "components.\(entry.key)"
        let isName = checkLabel(entry.key, "components", at: entry.position)
        if isName, entry.key.first?.isLetter != true {
            error("the component \(quoted(entry.key)) must begin with a letter", at: entry.position)
        }
        guard let fields = fields(of: entry.node, at: path), isName else { return nil }
        return Component(
            name: entry.key,
            // A component is most often called what it is.
            template: fields["template"].flatMap { label($0, path + ".template") } ?? entry.key,
            image: image(in: fields),
            version: value(ComponentKeys.version, in: fields),
            replicas: value(ComponentKeys.replicas, in: fields),
            deploy: value(ComponentKeys.deploy, in: fields),
            shared: value(ComponentKeys.shared, in: fields, notYet: ["cohort"]),
            project: value(ComponentKeys.project, in: fields),
            starter: starter(in: fields),
            pipeline: pipeline(in: fields),
            logs: logs(in: fields),
            parameters: parameters(of: fields, without: ComponentKeys.set),
            position: entry.position)
    }

    private mutating func image(in fields: Fields) -> String? {
        guard let image = text("image", in: fields) else { return nil }
        if image.contains(where: \.isWhitespace) {
            error("the image \(quoted(image)) holds a space", at: fields.position(of: "image"))
        }
        return image
    }

    /// `logs: filebeat`, or a mapping with `template` and its parameters.
    private mutating func logs(in fields: Fields) -> LogCollection? {
        guard let node = fields["logs"] else { return nil }
        let path = fields.path(to: "logs")
        if case .scalar = node.value {
            return label(node, path).map { LogCollection(template: $0, position: node.position) }
        }
        guard let own = self.fields(of: node, at: path) else { return nil }
        guard let template = own["template"] else {
            missing("template", in: own, hint: "write template: filebeat, or just logs: filebeat")
            return nil
        }
        return label(template, path + ".template").map {
            LogCollection(template: $0, parameters: parameters(of: own, without: LogKeys.set), position: node.position)
        }
    }

    /// What one group or one environment wants different of the cohort's components.
    mutating func overrides(in owner: Fields, of components: [Component]) -> Overrides {
        let path = owner.path(to: "components")
        guard let node = owner["components"], let fields = fields(of: node, at: path) else { return Overrides() }
        let known = components.map(\.name)
        var overrides = Overrides()
        for entry in fields.entries {
            guard known.contains(entry.key) else {
                let hint = Spelling.hint(for: entry.key, among: known)
                error(
                    "there is no component \(quoted(entry.key)) to change", at: entry.position,
                    hint: hint ?? "describe it under `components` first")
                continue
            }
            guard let own = self.fields(of: entry.node, at: fields.path(to: entry.key)) else { continue }
            overrides.components[entry.key] = override(own)
        }
        return overrides
    }

    private mutating func override(_ fields: Fields) -> ComponentOverride {
        for entry in fields.entries where OverrideKeys.set.refused.contains(entry.key) {
            error(
                "`\(entry.key)` is the same for all groups and environments", at: entry.position,
                hint: "set it under `components`")
        }
        return ComponentOverride(
            image: image(in: fields), version: value(ComponentKeys.version, in: fields),
            replicas: value(ComponentKeys.replicas, in: fields),
            parameters: parameters(of: fields, without: ComponentKeys.set))
    }

    private func parameters(of fields: Fields, without own: KeySet) -> [String: Parameter] {
        let free = fields.entries.lazy.filter { !own.names.contains($0.key) }
        return Dictionary(
            free.map { ($0.key, Parameter(JSON($0.node), at: $0.node.position)) },
            uniquingKeysWith: { first, _ in first })
    }
}
