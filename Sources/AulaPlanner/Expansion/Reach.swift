import AulaModel
import AulaTemplates

/// Finds what templates make that reaches further than the class's own namespaces, or gives more than a deploy needs:
/// cohort files and templates come from others as well.
struct Reach {
    private(set) var findings: [Blueprint.WideReach] = []
    /// What aula's own template lets deployers do.
    private let usual: Set<Power>
    private let homes: Set<String>
    /// Roles are alike in every namespace.
    private var judged: [JSON: String] = [:]

    init(_ cohort: Cohort, _ library: TemplateLibrary) {
        homes = Self.homes(of: cohort)
        var context = RenderContext(cohort: cohort, envFrom: [])
        context.place(group: cohort.groups.first, environment: cohort.environments.first?.name, namespace: "home")
        let own = library.original(.environment)?.render(.manifests, in: context).resources ?? []
        usual = own.filter { $0.address.is(.kubernetes("Role")) }.reduce(into: []) {
            $0.formUnion(Power.all(in: $1.body["rules"]))
        }
    }

    private static func homes(of cohort: Cohort) -> Set<String> {
        var homes: Set<String> = [cohort.ownNamespace]
        for environment in cohort.environments {
            for group in cohort.groups { homes.insert(cohort.namespace(of: group, in: environment)) }
            for component in cohort.components where component.shared != nil {
                homes.insert(cohort.serverNamespace(of: component, in: environment))
            }
        }
        return homes
    }

    /// Looks at a resource, before the cluster counts as what it lives in.
    mutating func note(_ resource: Resource, at position: SourcePosition?) {
        guard let words = words(about: resource) else { return }
        findings.append(Blueprint.WideReach(address: resource.address, words: words, position: position))
    }

    private mutating func words(about resource: Resource) -> String? {
        let kind = resource.address.kind.name
        guard let container = resource.container else {
            if kind != "Namespace" { return "it is an object of the whole cluster" }
            return homes.contains(resource.address.name) ? nil : "it is no namespace of the class"
        }
        guard homes.contains(container.name) else { return "\(container.name) is no namespace of the class" }
        switch kind {
        case "Role":
            let rules = resource.body["rules"] ?? []
            let words = judged[rules] ?? judge(rules)
            judged[rules] = words
            return words.isEmpty ? nil : words
        case "RoleBinding": return judge(binding: resource.body, in: container.name)
        default: return nil
        }
    }

    private func judge(_ rules: JSON) -> String {
        let more = Power.all(in: rules).filter { !$0.isCovered(by: usual) }.map(\.words).sorted()
        guard !more.isEmpty else { return "" }
        let rest = more.count > 3 ? " and \(more.count - 3) more" : ""
        return "it lets its holders \(more.prefix(3).joined(separator: ", "))\(rest), which a deploy does not need"
    }

    private func judge(binding: JSON, in namespace: String) -> String? {
        if binding["roleRef"]?["kind"] != "Role" {
            return "it hands out the ClusterRole \(binding["roleRef"]?["name"]?.string ?? "")"
        }
        let stranger = (binding["subjects"]?.array ?? []).first {
            $0["kind"] != "ServiceAccount" || ($0["namespace"]?.string ?? namespace) != namespace
        }
        return stranger.map { subject in
            let place = subject["namespace"]?.string.map { "\($0)/" } ?? ""
            return "it gives rights to \(subject["kind"]?.string ?? "") \(place)\(subject["name"]?.string ?? "")"
        }
    }
}

/// One thing that a rule of a Role allows.
private struct Power: Hashable {
    var group: String
    var resource: String
    var verb: String
    /// Nil for every object of the kind.
    var name: String?

    var words: String {
        let kind = group.isEmpty ? resource : "\(resource).\(group)"
        return "\(verb) \(kind)\(name.map { " \($0)" } ?? "")"
    }

    func isCovered(by others: Set<Power>) -> Bool {
        if others.contains(self) { return true }
        var everywhere = self
        everywhere.name = nil
        return others.contains(everywhere)
    }

    static func all(in rules: JSON?) -> Set<Power> {
        var powers: Set<Power> = []
        for rule in rules?.array ?? [] {
            func texts(_ key: String) -> [String] { (rule[key]?.array ?? []).compactMap(\.string) }
            let names = texts("resourceNames")
            for group in texts("apiGroups") {
                for resource in texts("resources") {
                    for verb in texts("verbs") {
                        for name in names.isEmpty ? [nil] : names.map(Optional.some) {
                            powers.insert(Power(group: group, resource: resource, verb: verb, name: name))
                        }
                    }
                }
            }
        }
        return powers
    }
}
