import AulaModel
import AulaPlanner
import Testing

@Suite struct DriftTests {
    private let namespace = Sample.object("Namespace", nil, "memo2-g1-test")
    private let config = Sample.object(
        "ConfigMap", "memo2-g1-test", "environment", body: ["data": ["LEVEL": "info", "PORT": "80"]])

    /// The live object after an apply of `applied`, changed by somebody.
    private func cause(
        applied: Resource? = nil, other: JSON? = nil, _ change: (inout JSON) -> Void
    ) throws -> FieldChange.Cause {
        var observation = Sample.observation(of: [namespace, config])
        var live = (applied ?? config).body
        live[["metadata", "annotations", Resource.fingerprintAnnotation]] = .string((applied ?? config).fingerprint)
        change(&live)
        observation.present[config.address]?.attributes = live
        var managers = [FieldManager(name: "aula", operation: "Apply", fields: [:])]
        if let other { managers.append(FieldManager(name: "kubectl-edit", operation: "Update", fields: other)) }
        observation.present[config.address]?.managers = managers
        let plan = Planner.plan(Sample.blueprint([namespace, config]), observation)
        return try #require(plan.changes.first?.fields.first).cause
    }

    @Test func `what the file changed is the file's, though the value differs`() throws {
        let old = Sample.object(
            "ConfigMap", "memo2-g1-test", "environment", body: ["data": ["LEVEL": "debug", "PORT": "80"]])
        #expect(try cause(applied: old) { _ in } == .file)
    }

    @Test func `what somebody changed while the file stayed names the manager`() throws {
        #expect(
            try cause(other: ["f:data": ["f:LEVEL": [:]]]) { $0[["data", "LEVEL"]] = "debug" } == .drift("kubectl-edit")
        )
    }

    @Test func `a change by nobody who is recorded is still no change of the file`() throws {
        #expect(try cause { $0[["data", "LEVEL"]] = "debug" } == .drift("somebody who left no name"))
    }

    @Test func `a field that aula applied last and nobody has now was taken away`() throws {
        #expect(try cause { $0[["data", "LEVEL"]] = nil } == .takenAway)
    }

    @Test func `an object of before there were fingerprints blames nobody`() throws {
        let cause = try cause { live in
            live[["data", "LEVEL"]] = nil
            live[["metadata", "annotations"]] = nil
        }
        #expect(cause == .file)
    }

    @Test func `the fingerprint itself is no difference`() {
        var observation = Sample.observation(of: [namespace, config])
        observation.present[config.address]?.attributes[["metadata", "annotations", Resource.fingerprintAnnotation]] =
            "0000000000000000"
        observation.present[config.address]?.managers = [
            FieldManager(
                name: "aula", operation: "Apply",
                fields: ["f:metadata": ["f:annotations": ["f:aula.dev/applied": [:]]]])
        ]
        #expect(Planner.plan(Sample.blueprint([namespace, config]), observation).isEmpty)
    }

    @Test func `a fingerprint is of the wish and not of its secrets, the same in every run`() {
        func secret(_ value: JSON) -> Resource {
            Sample.object("Secret", "n", "s", body: ["type": "Opaque", "stringData": ["a": value]])
        }
        #expect(secret("x").fingerprint == secret("y").fingerprint)
        #expect(config.fingerprint != namespace.fingerprint)
        #expect(Sample.object("ConfigMap", nil, "a", body: ["data": ["b": 1]]).fingerprint.count == 16)
        func nested(_ value: JSON) -> String { Sample.object("ConfigMap", nil, "a", body: ["x": value]).fingerprint }
        #expect(Set([nested([]), nested([:]), nested(""), nested(0), nested(false), nested(.null)]).count == 6)
    }

    @Test func `one missing thing among its like is said to be missing, a new component is not`() throws {
        func object(_ name: String, _ component: String) -> Resource {
            var resource = Sample.object("ConfigMap", "memo2-g1-test", name)
            resource.slot.component = component
            return resource
        }
        let (one, other, new) = (object("one", "api"), object("other", "api"), object("new", "bot"))
        let plan = Planner.plan(
            Sample.blueprint([namespace, one, other, new]), Sample.observation(of: [namespace, one]))
        #expect(plan.changes.map(\.reason) == ["missing, though the rest of api is there", nil])
    }

    @Test func `what a new group lacks in a server's namespace is not said to be missing`() {
        let server = Sample.object("Namespace", nil, "memo2-db-test", group: nil)
        let jobs = ["g1", "g2"].map { (group: String) in
            Sample.object("Job", "memo2-db-test", "db-\(group)", group: group)
        }
        let plan = Planner.plan(Sample.blueprint([server] + jobs), Sample.observation(of: [server, jobs[0]]))
        #expect(plan.lines == ["+ kubernetes/Job/memo2-db-test/db-g2"])
        #expect(plan.changes.map(\.reason) == [nil])
    }

    @Test func `the token that a rotation makes is not said to be missing`() {
        let token = Sample.object(
            "Secret", "memo2-g1-test", "gitlab-deployer-token", body: ["type": "kubernetes.io/service-account-token"])
        let observation = Sample.observation(
            of: [namespace, config, token], outputs: [token.address: ["token": "old"]])
        let plan = Planner.plan(
            Sample.blueprint([namespace, config, token]), observation, PlanOptions(rotating: [token.address]))
        #expect(plan.lines.first == "+ kubernetes/Secret/memo2-g1-test/gitlab-deployer-token-2")
        #expect(plan.changes.first?.reason == nil)
    }
}
