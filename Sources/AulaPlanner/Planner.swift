package import AulaModel
import AulaTokens
import OrderedCollections

/// Compares a blueprint with an observation and says what to do: pure, and linear in the number of resources.
package struct Planner {
    let blueprint: Blueprint
    let observation: Observation
    let options: PlanOptions
    /// The changes so far; the plan's order is made at the end.
    var changes: OrderedDictionary<Address, Change> = [:]
    var blocked: [Address: Blocked] = [:]
    /// What a destroy knows nothing of.
    var unread: [Blocked] = []
    /// What the blocked things wait for in the end: the one that could not be read.
    var roots: [Address: Address] = [:]
    var diagnostics: [Diagnostic] = []
    /// What keeps its container, and the students' own that goes with one.
    var foreign: [Foreign] = []
    /// Containers of ours that stay because of what is in them.
    var kept: [Address] = []
    var unchanged = 0
    /// Containers that are made again or are on their way out, and those inside them.
    var going: Set<Address> = []
    private let strays: [Target]
    let volumesInside: [Address: Int]
    /// Made when the first set with volumes is compared.
    lazy var claimsOfSets = Self.claimsOfSets(observation)
    /// Made when the first thing turns out to be missing.
    lazy var absentees = Absentees(blueprint, observation)
    let tokens: TokenGenerations

    private init(_ blueprint: Blueprint, _ observation: Observation, _ options: PlanOptions) {
        tokens = TokenGenerations(blueprint, observation, rotating: options.rotating)
        let places = RecordedPlaces(tokens.blueprint.cohort, observation, options.purpose)
        strays = places.strays
        self.blueprint = places.remembering(tokens.blueprint)
        diagnostics = observation.notices + places.findings
        self.observation = observation
        self.options = options
        volumesInside = Self.countVolumes(observation)
    }

    /// What leads from the observation to the blueprint.
    ///
    /// A destroy needs the blueprint too: it says what depends on what, and nothing of it is made.
    package static func plan(
        _ blueprint: Blueprint, _ observation: Observation, _ options: PlanOptions = PlanOptions()
    ) -> Plan {
        var planner = Planner(blueprint, observation, options)
        planner.checkSandbox()
        if options.purpose == .apply {
            planner.going = planner.containersGoing()
            planner.checkRoots()
            planner.planDesired()
            planner.checkReplacements()
            planner.checkReach()
        }
        planner.planEndings()
        if options.purpose == .destroy { planner.nameGaps() }
        planner.suspectRenames()
        planner.checkAddresses()
        return planner.finish()
    }

    /// The plan of someone who has no credentials yet: everything that would exist, all as create.
    package static func offline(_ blueprint: Blueprint, filter: Filter = Filter()) -> Plan {
        plan(blueprint, Observation(), PlanOptions(filter: filter))
    }

    /// What the filter picks, and everything that the picked things need.
    func selection() -> Set<Address>? {
        if let rotation = rotation() { return rotation }
        guard !options.filter.isEmpty else { return nil }
        var chosen: Set<Address> = []
        var pending = blueprint.resources.filter { options.filter.includes($0.address, $0.slot) }.map(\.address)
        while let address = pending.popLast() {
            guard chosen.insert(address).inserted, let resource = blueprint[address] else { continue }
            pending += resource.needs.filter {
                options.filter.systems.isEmpty || options.filter.systems.contains($0.system)
            }
        }
        return chosen
    }

    /// A rehearsal must not touch a real system, nor the other way round.
    private mutating func checkSandbox() {
        let real = observation.sandboxed.filter { !$0.value }.keys.sorted().map(\.rawValue)
        let rehearsed = observation.sandboxed.filter(\.value).keys.sorted().map(\.rawValue)
        guard !real.isEmpty, !rehearsed.isEmpty else { return }
        diagnostics.append(
            Diagnostic(
                .error,
                "\(rehearsed.joined(separator: " and ")) is a sandbox, but \(real.joined(separator: " and ")) is real",
                hint: "source the sandbox's env.sh for all of them, or open a shell without it"))
    }

    /// Whose a place is, its root says: where that cannot be read, nothing is written anywhere.
    private mutating func checkRoots() {
        let roots = blueprint.cohort.roots.filter {
            options.filter.systems.isEmpty || options.filter.systems.contains($0.system)
        }
        let unread = roots.filter { observation.present[$0] == nil && observation.gap(over: $0) != nil }
        var others = Set(roots.map(\.system)).subtracting(unread.map(\.system))
        if unread.contains(where: { $0.system == .azure }) { others.remove(.kubernetes) }
        for root in unread {
            // What is inside a cluster that cannot be asked for needs no sentence of its own.
            let isInside = root.system == .kubernetes && unread.contains { $0.system == .azure }
            let goes = root.system == .kubernetes && going.contains { $0.is(.azureCluster) && $0.site == root.site }
            guard !isInside, !goes, !(root.system == .kubernetes && isClusterOnItsWay),
                let gap = observation.gap(over: root)
            else { continue }
            let only = others.sorted().map(\.rawValue).joined(separator: ",")
            let offer = only.isEmpty ? nil : "leave it out with --only \(only)"
            let steps = [gap.hint, offer].compactMap { $0 }
            diagnostics.append(
                Diagnostic(
                    .error, "\(root.system.rawValue) cannot be read: \(gap.reason)",
                    hint: steps.isEmpty ? nil : steps.joined(separator: "; or ")))
        }
    }

    /// A cluster that is being made, or going, cannot be asked yet: the run waits for it and then looks again.
    private var isClusterOnItsWay: Bool {
        switch blueprint.cohort.clusterAddress.flatMap({ observation.present[$0]?.transition }) {
        case .inProgress, .leaving: true
        case .failed, nil: false
        }
    }

    /// A failed read never means that nothing is there, unless what holds it goes as a whole.
    private mutating func nameGaps() {
        let clusterGoes = changes.keys.contains { $0.system == .azure && changes[$0]?.action == .delete }
        for gap in observation.gaps where !(clusterGoes && gap.part.system == .kubernetes) {
            unread.append(Blocked(gap.part, .unread(gap.text)))
        }
    }

    /// An address that was typed wrong must not look as if it had been obeyed.
    private mutating func checkAddresses() {
        for address in options.adopt.sorted() where blueprint[address] == nil {
            diagnostics.append(
                Diagnostic(
                    .error, "--adopt \(address): this cohort has no such resource",
                    hint: "copy the address from the message that refused it"))
        }
        for address in options.withContents.sorted()
        where observation.present[address] == nil && blueprint[address] == nil {
            diagnostics.append(
                Diagnostic(
                    .error, "--with-contents \(address): there is no such container",
                    hint: "copy the address from the list of what is kept"))
        }
    }

    private mutating func finish() -> Plan {
        let sorted = DependencyOrder.sorted(count: changes.count) { index in
            changes.values[index].dependsOn.compactMap { changes.index(forKey: $0) }
        }
        let list: [Change]
        switch sorted {
        case .success(let indices): list = indices.map { changes.values[$0] }
        case .failure(let cycle):
            list = []
            let names = cycle.members.map { changes.keys[$0].text }.joined(separator: " → ")
            diagnostics.append(Diagnostic(.error, "these changes wait for each other: \(names)"))
        }
        if !options.allowDataLoss {
            for change in list {
                guard let loss = change.dataLoss else { continue }
                diagnostics.append(
                    Diagnostic(
                        .error, "\(change.address): DATA LOSS: \(loss)",
                        hint: "save what is needed, then run again with --allow-data-loss"))
            }
        }
        return Plan(
            purpose: options.purpose, mark: blueprint.mark, targets: targets(), changes: list,
            blocked: (blocked.values + unread).sorted { $0.part < $1.part }, foreign: foreign, kept: kept,
            strays: strays, diagnostics: diagnostics, unchanged: unchanged, part: part,
            allowsDataLoss: options.allowDataLoss)
    }

    /// What this plan is about; a rotation looks at tokens and at what carries them.
    private var part: String? {
        options.rotating.isEmpty ? options.filter.words : "the tokens and what carries them"
    }

    private func targets() -> [Target] {
        var targets: [Target] = []
        let cohort = blueprint.cohort
        if let azure = cohort.site.azure {
            targets.append(
                Target(
                    system: .azure,
                    description: "subscription \(azure.subscription), resource group \(azure.resourceGroup), "
                        + azure.location))
        }
        for (site, part) in cohort.parts {
            let name = site.map { "\($0): " } ?? ""
            targets.append(Target(system: .kubernetes, description: name + part.site.words))
        }
        if let gitlab = cohort.gitlab {
            targets.append(Target(system: .gitlab, description: "\(gitlab.url), group \(gitlab.group)"))
        }
        return targets
    }
}
