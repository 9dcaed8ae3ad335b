import AulaModel
import AulaYAML

extension CohortReader {
    /// The components that have no error of their own.
    mutating func soundComponents(_ root: YAMLNode) -> [Component] {
        guard let fields = fields(of: root, at: "", CohortKeys.set) else { return [] }
        return components(in: fields, soundOnly: true)
    }

    /// The whole file; what it returns is only to be trusted when there is no error among the findings.
    mutating func cohort(_ root: YAMLNode) -> Cohort? {
        guard let fields = fields(of: root, at: "", CohortKeys.set) else { return nil }
        version(in: fields)
        let name = name(in: fields) ?? "cohort"
        let id = id(in: fields)
        let title = value(CohortKeys.title, in: fields) ?? name
        let components = components(in: fields)
        let groups = groups(in: fields, components: components)
        let environments = environments(in: fields, components: components)
        let term = term(in: fields)
        let budget = budget(in: fields)
        let gitlab = gitlab(in: fields)
        let tokens = tokens(in: fields)
        guard let (site, sites) = sites(in: fields, cohort: name) else { return nil }
        let cohort = Cohort(
            name: name, id: id, title: title, term: term, budget: budget, groups: groups, environments: environments,
            components: components, site: site, sites: sites, gitlab: gitlab, tokens: tokens, positions: positions)
        checkSites(of: cohort, at: fields.position(of: "kubernetes"))
        checkNamespaces(of: cohort, at: fields.position(of: "name"))
        return cohort
    }

    private mutating func version(in fields: Fields) {
        guard let node = fields["version"] else {
            missing("version", in: fields, hint: "begin with version: 1")
            return
        }
        guard let version = number("version", in: fields, 0...Int.max), version != 1 else { return }
        error("version \(version) of the file format is not known", at: node.position, hint: "write version: 1")
    }

    private mutating func name(in fields: Fields) -> String? {
        guard let node = fields["name"] else {
            missing("name", in: fields, hint: "write a short name such as name: memo2; it begins every name")
            return nil
        }
        return label(node, "name")
    }

    private mutating func id(in fields: Fields) -> String? {
        guard let id = text("id", in: fields) else { return nil }
        guard CohortID.isValid(id) else {
            report(CohortID.invalid(id, at: fields.position(of: "id")))
            return nil
        }
        return id
    }
}
