import AulaModel
import AulaPlanner
import AulaTestSupport
import Testing

/// What the roots of a live class say of where it lives.
@Suite struct RecordedPlacesTests {
    private static let home = GitLabHome(url: "https://gitlab.example", group: "memo2-fiuba")
    private static let azure = AzureSite.sample()

    private static func cohort(_ site: KubernetesSite = .context(nil), gitlab: GitLabHome? = nil) -> Cohort {
        .sample(groups: Group.samples(1), environments: ["test"], site: site, gitlab: gitlab)
    }

    private static func blueprint(_ cohort: Cohort) -> Blueprint {
        var data: JSON = [:]
        for (name, place) in cohort.coordinates { data[name] = .string(place) }
        let map = Sample.object("ConfigMap", "memo2-aula", "aula", body: ["data": data])
        let coordinates = cohort.coordinates.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let group = Resource(
            address: cohort.rootGroupAddress, body: ["coordinates": .string(coordinates.joined(separator: " "))],
            lifecycle: Lifecycle(ending: .keep))
        return Blueprint(cohort: cohort, resources: cohort.gitlab == nil ? [map] : [map, group])
    }

    /// A class that was made with one file and is looked at with another.
    private static func plan(
        made: Cohort, file: Cohort, _ purpose: Plan.Purpose = .apply, without gone: [Address] = []
    ) -> Plan {
        var observation = Sample.observation(of: blueprint(made).resources)
        for address in gone { observation.present[address] = nil }
        return Planner.plan(blueprint(file), observation, PlanOptions(purpose: purpose))
    }

    @Test func `a file that points somewhere else is refused`() {
        var moved = Self.azure
        moved.resourceGroup = "elsewhere"
        let plan = Self.plan(made: Self.cohort(.azure(Self.azure)), file: Self.cohort(.azure(moved)))
        #expect(plan.hasErrors && plan.strays.isEmpty)
        #expect(plan.diagnostics.contains { $0.message.contains("/memo2/cluster-memo2-prod, says") })
    }

    @Test func `a system that the file names no more is named, and the roots go on recording it`() {
        let plan = Self.plan(made: Self.cohort(gitlab: Self.home), file: Self.cohort())
        #expect(plan.strays == [Target(system: .gitlab, description: "memo2-fiuba")])
        #expect(plan.isEmpty && !plan.hasErrors, "the record stays in the ConfigMap: \(plan.lines)")
        let other = Self.plan(
            made: Self.cohort(.azure(Self.azure), gitlab: Self.home), file: Self.cohort(gitlab: Self.home),
            without: [Self.cohort().rootConfigMap])
        // Without anything else of the class in sight, what the group says is history.
        #expect(other.strays.isEmpty)
        let both = Self.plan(
            made: Self.cohort(.azure(Self.azure), gitlab: Self.home), file: Self.cohort(gitlab: Self.home))
        #expect(both.strays.map(\.system) == [.azure])
        #expect(both.isEmpty, "\(both.lines)")
    }

    @Test func `a destroy says what it leaves in a system that the file names no more`() {
        let plan = Self.plan(made: Self.cohort(gitlab: Self.home), file: Self.cohort(), .destroy)
        #expect(plan.strays.map(\.system) == [.gitlab])
        #expect(plan.diagnostics.map(\.severity) == [.warning])
    }

    @Test func `after a destroy the class may be made somewhere else`() {
        var moved = Self.azure
        moved.resourceGroup = "elsewhere"
        let made = Self.cohort(.azure(Self.azure), gitlab: Self.home)
        for site in [KubernetesSite.azure(moved), .context("other")] {
            let plan = Self.plan(made: made, file: Self.cohort(site, gitlab: Self.home), without: [made.rootConfigMap])
            #expect(!plan.hasErrors && plan.strays.isEmpty, "\(plan.diagnostics)")
            #expect(plan.lines.contains("~ gitlab/group/memo2"))
        }
    }

    @Test func `a class that never had a system is not said to have left something there`() {
        let plan = Self.plan(made: Self.cohort(), file: Self.cohort())
        #expect(plan.strays.isEmpty && plan.diagnostics.isEmpty)
    }
}
