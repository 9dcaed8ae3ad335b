package import AulaModel
package import AulaTemplates
import AulaTokens
import OrderedCollections

/// Expands a cohort into everything that it needs.
///
/// Shared things come first (cluster, GitLab's root group, database servers), then group by group.
package struct Expander {
    let cohort: Cohort
    let library: TemplateLibrary
    let material: Material
    /// By component.
    var firstCommits: [String: FirstCommit] = [:]
    /// In the order of expansion.
    private(set) var resources: OrderedDictionary<Address, Resource> = [:]
    var diagnostics: [Diagnostic] = []
    /// With which token pipelines deploy into each namespace.
    private(set) var deployerTokens: [Address: Address] = [:]
    var outputRights = OutputRights()
    var reach: Reach
    /// What templates need beside what their objects say.
    var declared = Needs()
    /// Texts of Secrets that the file or a template spells out: they stay out of every plan.
    private var given: [Address: [[String]: Secret]] = [:]

    private let mostResources: Int

    private init(cohort: Cohort, library: TemplateLibrary, material: Material, mostResources: Int) {
        self.mostResources = mostResources
        self.cohort = cohort
        self.library = library
        self.material = material
        reach = Reach(cohort, library)
    }

    /// The blueprint, or every problem that forbids one; warnings come in both cases.
    ///
    /// The standard of the largest class takes about 500 MB to plan; a university's thousand groups need a sixth of it.
    package static func expand(
        _ cohort: Cohort, library: TemplateLibrary, material: Material = Material(), mostResources: Int = 200_000
    ) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        let parts = cohort.parts.map { ($0.site, expandPart($0.cohort, library, material, mostResources)) }
        guard parts.count > 1 else { return parts[0].1 }
        var diagnostics: OrderedSet<Diagnostic> = []
        var resources: OrderedDictionary<Address, Resource> = [:]
        var given: [Address: [[String]: Secret]] = [:]
        for (site, part) in parts {
            diagnostics.append(contentsOf: part.diagnostics)
            // What is in GitLab alone, such as the class's group, every part has.
            for resource in part.blueprint?.resources ?? [] {
                let named = resource.readdressed { $0.inCluster(site) }
                resources[named.address] = resources[named.address] ?? named
            }
            for (address, texts) in part.blueprint?.given ?? [:] { given[address.inCluster(site)] = texts }
        }
        let blueprints = parts.compactMap(\.1.blueprint)
        guard blueprints.count == parts.count else { return (nil, Array(diagnostics)) }
        // Each part remembered its own; what is remembered in GitLab is one, of all.
        for memory in Self.memory(of: cohort, Array(resources.keys)) { resources[memory.address] = memory }
        return (
            Blueprint(
                cohort: cohort, resources: Array(resources.values), given: given,
                declared: blueprints.reduce(into: Needs()) { $0 += $1.declared }, reach: blueprints.flatMap(\.reach)),
            Array(diagnostics)
        )
    }

    /// One site's part of a cohort.
    private static func expandPart(
        _ cohort: Cohort, _ library: TemplateLibrary, _ material: Material, _ mostResources: Int
    ) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        var expander = Expander(cohort: cohort, library: library, material: material, mostResources: mostResources)
        expander.expand()
        // A template's fault shows in every group: once is enough.
        var seen: Set<Diagnostic> = []
        expander.diagnostics.removeAll { !seen.insert($0).inserted }
        guard !expander.diagnostics.contains(where: { $0.severity == .error }) else {
            return (nil, expander.diagnostics)
        }
        let blueprint = Blueprint(
            cohort: cohort, resources: expander.ordered(), given: expander.given, declared: expander.declared,
            reach: expander.reach.findings)
        return expander.diagnostics.contains { $0.severity == .error }
            ? (nil, expander.diagnostics) : (blueprint, expander.diagnostics)
    }

    /// Whether the class is larger than a run can hold, which is an error then.
    mutating func isTooLarge() -> Bool {
        guard resources.count > mostResources else { return false }
        let environments = cohort.environments.count
        let size = "\(cohort.groups.count) groups in \(environments) environment\(environments == 1 ? "" : "s")"
        diagnostics.append(
            Diagnostic(
                .error, "\(size) make more than \(mostResources) resources", at: cohort.position(of: "groups"),
                hint: "write several cohort files, each with some of the groups"))
        return true
    }

    private mutating func expand() {
        let bindings = bind()
        checkPipelines()
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
        addAzure()
        addGitLabRoot()
        addOwnProject()
        addKubernetes(bindings)
        addGitLabGroups()
        addMemory()
        guard !isTooLarge() else { return }
        diagnostics += outputRights.findings { resources[$0] }
    }

    /// The components' templates with their parameters, in the file's order.
    private mutating func bind() -> Bindings {
        let (environment, environmentFindings) = library.bindBuiltIn(.environment)
        let (root, rootFindings) = library.bindBuiltIn(.cohort)
        diagnostics += environmentFindings + rootFindings
        var components: [TemplateBinding] = []
        for component in cohort.components {
            let (binding, findings) = library.bind(
                component, files: material.files, hasGitLab: cohort.gitlab != nil)
            diagnostics += findings
            if let binding { components.append(binding) }
        }
        return Bindings(environment: environment, cohort: root, components: components)
    }

    /// The templates of a cohort, ready to render.
    struct Bindings {
        var environment: TemplateBinding?
        var cohort: TemplateBinding?
        var components: [TemplateBinding]
    }

    /// Notes which of a namespace's Secrets holds the token that pipelines deploy with: its first token.
    mutating func noteToken(_ resource: Resource) {
        guard TokenPart.isToken(resource.body), let namespace = resource.container else { return }
        deployerTokens[namespace] = deployerTokens[namespace] ?? resource.address
    }

    /// Adds a resource; a second one of the same address is an error.
    mutating func add(_ resource: Resource, at place: SourcePosition? = nil) {
        guard resources.updateValue(hidingTexts(of: resource), forKey: resource.address) != nil else { return }
        diagnostics.append(
            Diagnostic(
                .error, "\(resource.address) is made twice", at: place,
                hint: "two templates make an object of the same kind and name; rename one, or its component"))
    }

    /// Adds a resource with texts that only whoever carries out a plan has.
    mutating func add(_ resource: Resource, given texts: [[String]: Secret]) {
        given[resource.address] = texts
        add(resource)
    }

    private mutating func hidingTexts(of resource: Resource) -> Resource {
        guard resource.address.is(.secret),
            let texts = resource.body["data"]?.object?.members, !texts.isEmpty
        else { return resource }
        var hidden = resource
        for member in texts {
            guard let text = member.value.string else { continue }
            let path = ["data", member.key]
            given[resource.address, default: [:]][path] = Secret(unlisted: text)
            hidden.body[path] = nil
            hidden.late.append(LateField(path: path, value: .given))
        }
        if hidden.body["data"]?.object?.isEmpty == true { hidden.body["data"] = nil }
        return hidden
    }

    /// The resources so that each comes after what it needs; a circle is an error that names its members.
    private mutating func ordered() -> [Resource] {
        switch DependencyOrder.sorted(count: resources.count, dependencies: { needs(at: $0) }) {
        case .success(let order): return order.map { resources.values[$0] }
        case .failure(let cycle):
            let members = cycle.members.map { resources.keys[$0].text }
            diagnostics.append(
                Diagnostic(
                    .error, "these wait for each other: \((members + members.prefix(1)).joined(separator: " → "))",
                    hint: "one of the templates must not refer to the other"))
            return []
        }
    }

    /// The positions of what the resource at a position needs.
    ///
    /// A pod may refer to a Secret that the teacher made by hand: nothing to wait for, so it is forgotten here.
    private mutating func needs(at position: Int) -> [Int] {
        let needs = resources.values[position].needs
        let known = needs.compactMap { resources.index(forKey: $0) }
        if known.count < needs.count {
            let addresses = resources.keys
            resources.values[position].dependsOn.removeAll { !addresses.contains($0) }
        }
        return known
    }
}
