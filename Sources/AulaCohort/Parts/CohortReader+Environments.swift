import AulaModel
import AulaYAML

extension CohortReader {
    /// The most environments of each group.
    static let environmentLimit = 50

    /// `environments:` as a list of names, or of mappings with a name and overrides; one `prod` where there is none.
    mutating func environments(in root: Fields, components: [Component]) -> [Environment] {
        guard root["environments"] != nil else { return [Environment(name: "prod")] }
        guard let items = items("environments", in: root) else { return [] }
        guard (1...Self.environmentLimit).contains(items.count) else {
            error(
                "`environments` lists \(items.count) environments; 1 to \(Self.environmentLimit) are possible",
                at: root.position(of: "environments"))
            return []
        }
        var seen: [String: SourcePosition] = [:]
        return items.enumerated().compactMap { index, item in
            guard let environment = environment(item, at: "environments[\(index)]", components: components) else {
                return nil
            }
            if let first = seen.updateValue(item.position, forKey: environment.name) {
                error(
                    "the environment `\(environment.name)` is listed twice", at: item.position,
                    hint: "the other one is in line \(first.line)")
            }
            note(item.position, of: "environments.\(environment.name)")
            return environment
        }
    }

    private mutating func environment(_ node: YAMLNode, at path: String, components: [Component]) -> Environment? {
        if case .scalar = node.value { return label(node, path).map { Environment(name: $0) } }
        guard let fields = fields(of: node, at: path, EnvironmentKeys.set) else { return nil }
        let overrides = overrides(in: fields, of: components)
        guard let name = fields["name"] else {
            error("an environment without a name", at: node.position, hint: "add name: NAME")
            return nil
        }
        return label(name, path).map { Environment(name: $0, overrides: overrides) }
    }
}
