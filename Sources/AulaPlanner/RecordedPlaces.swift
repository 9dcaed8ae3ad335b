import AulaModel

/// Where the roots of a live class say that it lives, beside where its file says so.
///
/// A file that points somewhere else would leave everything behind; one that names a system no more leaves there what
/// is there, and nobody may overlook it.
struct RecordedPlaces {
    private let cohort: Cohort
    private let purpose: Plan.Purpose
    /// The first root that says it, and what it says, by system.
    private var records: [System: [(root: Address, place: String)]] = [:]

    /// After a destroy the class group stays, and what it says of other systems is history: the next apply may be
    /// somewhere else.
    init(_ cohort: Cohort, _ observation: Observation, _ purpose: Plan.Purpose) {
        self.cohort = cohort
        self.purpose = purpose
        guard purpose == .destroy || observation.present.contains(where: { Self.isAlive($0, $1, cohort.mark) }) else {
            return
        }
        for root in cohort.roots {
            guard let observed = observation.present[root], observed.mark?.isSameEdition(as: cohort.mark) == true
            else { continue }
            for system in System.allCases {
                guard let place = Self.place(in: system, observed.attributes), !place.isEmpty else { continue }
                records[system, default: []].append((root, place))
            }
        }
    }

    /// What is left in systems that the file names no more.
    var strays: [Target] {
        records.keys.sorted().filter { !cohort.systems.contains($0) }.compactMap { system in
            records[system]?.first.map { Target(system: system, description: $0.place) }
        }
    }

    var findings: [Diagnostic] {
        let left = strays.map { stray in
            let name = stray.system.rawValue
            return Diagnostic(
                .warning,
                "this class has things in \(name) (\(stray.description)), but the file names no \(name): they stay as "
                    + "they are, and may be billed or used",
                hint: "to take them down, put `\(name):` back and destroy the class with it")
        }
        guard purpose == .apply else { return left }
        let moved = cohort.coordinates.sorted { $0.key < $1.key }.flatMap { name, wanted in
            (System(rawValue: name).flatMap { records[$0] } ?? []).filter { $0.place != wanted }.map { root, place in
                Diagnostic(
                    .error, "this cohort's \(name) is \(place), says \(root), but the file says \(wanted)",
                    at: cohort.positions[name],
                    hint: "put the old value back, or destroy the cohort there first and then move")
            }
        }
        return left + moved
    }

    /// A blueprint whose roots go on saying where the strays are.
    func remembering(_ blueprint: Blueprint) -> Blueprint {
        guard !strays.isEmpty else { return blueprint }
        let roots = Set(cohort.roots)
        return Blueprint(
            cohort: cohort, resources: blueprint.resources.map { roots.contains($0.address) ? remembering($0) : $0 },
            given: blueprint.given)
    }

    private func remembering(_ root: Resource) -> Resource {
        var root = root
        for stray in strays {
            let name = stray.system.rawValue
            switch root.address.system {
            case .azure: root.body[["tags", "aula-\(name)"]] = .string(stray.description)
            case .kubernetes: root.body[["data", name]] = .string(stray.description)
            case .gitlab:
                let others = root.body["coordinates"]?.string?.split(separator: " ").map(String.init) ?? []
                root.body["coordinates"] = .string(
                    (others + ["\(name)=\(stray.description)"]).sorted().joined(separator: " "))
            }
        }
        return root
    }

    /// Whether it is more than what a destroy leaves: groups and archived projects.
    private static func isAlive(_ address: Address, _ observed: Observed, _ mark: Mark) -> Bool {
        !address.is(.gitlabGroup) && observed.attributes["archived"] != true
            && observed.mark?.isSameEdition(as: mark) == true
    }

    /// What a root recorded of one system: in a tag, in a ConfigMap's data, in a group's description.
    private static func place(in system: System, _ attributes: JSON) -> String? {
        let name = system.rawValue
        return attributes["tags"]?["aula-\(name)"]?.string ?? attributes["data"]?[name]?.string
            ?? attributes["coordinates"]?.string?.split(separator: " ").first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}
