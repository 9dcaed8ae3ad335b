import AulaModel
import AulaPlanner
import Testing

/// Volumes whose size changes in the file, or under its feet.
@Suite struct VolumeTests {
    private let namespace = Sample.object("Namespace", nil, "memo2-db-test")

    private static func set(_ size: JSON) -> Resource {
        Sample.object(
            "StatefulSet", "memo2-db-test", "db",
            body: [
                "apiVersion": "apps/v1",
                "spec": [
                    "volumeClaimTemplates": [
                        ["metadata": ["name": "data"], "spec": ["resources": ["requests": ["storage": size]]]]
                    ]
                ],
            ], lifecycle: Lifecycle(holdsData: true))
    }

    private static let claim = Address.kubernetes("PersistentVolumeClaim", "memo2-db-test", "data-db-0")

    /// A live set that asks for one size, with a claim of another.
    private func world(set: JSON, claim: JSON, canGrow: Bool) -> Observation {
        var observation = Sample.observation(of: [namespace, Self.set(set)])
        var observed = Observed(
            identity: "uid-claim",
            attributes: [
                "metadata": ["name": "data-db-0", "namespace": "memo2-db-test"],
                "spec": ["resources": ["requests": ["storage": claim]], "volumeName": "pv"],
            ], mark: nil, container: namespace.address, holdsData: true)
        observed.canGrow = canGrow
        observation.present[Self.claim] = observed
        return observation
    }

    private func plan(_ size: JSON, _ observation: Observation) -> Plan {
        Planner.plan(Sample.blueprint([namespace, Self.set(size)]), observation)
    }

    @Test func `a larger volume grows in place where its class lets it, and nothing is lost`() throws {
        let plan = plan("16Gi", world(set: "8Gi", claim: "8Gi", canGrow: true))
        #expect(plan.lines.sorted() == ["-/+ \(Self.set("").address)", "~ \(Self.claim)"])
        #expect(!plan.hasErrors)
        #expect(plan.changes.allSatisfy { $0.dataLoss == nil })
        let claim = try #require(plan.changes.first { $0.address == Self.claim })
        #expect(claim.desired?.body[["spec", "resources", "requests", "storage"]] == "16Gi")
        #expect(claim.reason == "grows in place, without loss")
    }

    @Test(arguments: [("16Gi", false), ("4Gi", true)])
    func `a volume that cannot grow, or gets smaller, is made anew with a consent`(size: String, canGrow: Bool) {
        let plan = plan(.string(size), world(set: "8Gi", claim: "8Gi", canGrow: canGrow))
        #expect(plan.lines == ["-/+ \(Self.set("").address)"])
        #expect(plan.changes.first?.dataLoss != nil)
        #expect(plan.hasErrors)
    }

    @Test func `a claim that was left behind by its set is found`() {
        #expect(plan("16Gi", world(set: "16Gi", claim: "8Gi", canGrow: true)).lines == ["~ \(Self.claim)"])
        #expect(plan("16Gi", world(set: "16Gi", claim: "8Gi", canGrow: false)).changes.first?.dataLoss != nil)
    }

    @Test func `a claim that somebody made larger stays, and is said`() {
        let plan = plan("8Gi", world(set: "8Gi", claim: "32Gi", canGrow: false))
        #expect(plan.isEmpty)
        #expect(plan.diagnostics.map(\.message) == ["\(Self.claim) has 32Gi, more than the 8Gi of the file"])
    }

    @Test func `the same size in another spelling is no difference`() {
        #expect(plan("8Gi", world(set: "8Gi", claim: "8192Mi", canGrow: false)).isEmpty)
    }

    @Test(arguments: [true, false])
    func `a claim of its own is compared by what its class allows`(canGrow: Bool) {
        func own(_ size: JSON) -> Resource {
            Sample.object(
                "PersistentVolumeClaim", "memo2-db-test", "own",
                body: ["apiVersion": "v1", "spec": ["resources": ["requests": ["storage": size]]]],
                lifecycle: Lifecycle(holdsData: true))
        }
        var observation = Sample.observation(of: [namespace, own("1Gi")])
        observation.present[own("").address]?.canGrow = canGrow
        let plan = Planner.plan(Sample.blueprint([namespace, own("2Gi")]), observation)
        #expect(plan.lines == ["\(canGrow ? "~" : "-/+") \(own("").address)"])
    }
}
