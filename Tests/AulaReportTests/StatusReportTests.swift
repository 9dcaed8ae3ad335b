import AulaModel
import AulaPlanner
import AulaReadiness
import AulaReport
import AulaTestSupport
import AulaTokens
import Foundation
import Testing

@Suite struct StatusReportTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func deployment(_ group: String) -> Resource {
        Resource(
            address: .kubernetes("Deployment", "memo2-\(group)-test", "api"),
            slot: Slot(group: group, environment: "test", component: "api"),
            body: ["kind": "Deployment", "metadata": ["name": "api"]],
            lifecycle: Lifecycle(initial: [
                "spec": ["template": ["spec": ["containers": [["name": "api", "image": "placeholder:1"]]]]]
            ]))
    }

    private func live(_ resource: Resource, image: JSON, available: Int, mark: Mark) -> Observed {
        Observed(
            identity: "u",
            attributes: resource.body.merging([
                "spec": [
                    "replicas": 1, "template": ["spec": ["containers": [["name": "api", "image": image]]]],
                ],
                "status": [
                    "observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": .int(available),
                ],
            ]), mark: mark, slot: resource.slot,
            managers: [
                FieldManager(
                    name: "gitlab-deployer", operation: "Update",
                    fields: [
                        "f:spec": [
                            "f:template": [
                                "f:spec": ["f:containers": [#"k:{"name":"api"}"#: ["f:image": [:]]]]
                            ]
                        ]
                    ])
            ])
    }

    private func report(_ change: (inout Observation) -> Void = { _ in }) -> StatusReport {
        let resources = ["g2", "g10"].map(deployment)
        let blueprint = Blueprint(cohort: .sample(), resources: resources)
        var observation = Observation()
        for (resource, image) in zip(resources, ["registry/api:7", "placeholder:1"] as [JSON]) {
            observation.present[resource.address] = live(resource, image: image, available: 1, mark: blueprint.mark)
        }
        change(&observation)
        return StatusReport(
            ClassStatus(blueprint, observation, Planner.plan(blueprint, observation)), now: Self.now)
    }

    @Test func `a class that is well says what runs, groups in the order of people`() {
        #expect(
            report().text == """
                ✓ g2   1 of 1 ready
                ✓ g10  1 of 1 ready, 1 without an image from a pipeline

                g2, test
                  ✓ Deployment api  ready; registry/api:7, 1 replica, set by gitlab-deployer

                g10, test
                  ✓ Deployment api  runs aula's placeholder: no pipeline has delivered an image yet

                All is well. 2 of 2 components ready; the class matches the cohort file.

                """)
        #expect(report().isWell)
    }

    @Test func `where no component was looked at, none is called ready`() {
        let blueprint = Blueprint(cohort: .sample(), resources: [])
        let status = ClassStatus(blueprint, Observation(), Planner.plan(blueprint, Observation()))
        let report = StatusReport(status, now: Self.now)
        #expect(report.isWell)
        #expect(report.footer == "What was looked at matches the cohort file; no component was among it.")
    }

    @Test func `what fails, is missing or could not be read is said with its reason`() {
        let address = deployment("g2").address
        let report = report { observation in
            observation.present[address]?.attributes[["status", "availableReplicas"]] = 0
            observation.pods = [
                PodCondition(
                    workload: address, name: "api-1", phase: "Pending", isReady: false, waiting: "ImagePullBackOff",
                    image: "registry/api:7")
            ]
            observation.present[deployment("g10").address] = nil
            observation.gaps = [.init(.system(.gitlab), reason: "the server did not answer")]
        }
        #expect(
            report.text == """
                ✗ g2   0 of 1 ready
                ✗ g10  0 of 1 ready

                g2, test
                  ✗ Deployment api  image cannot be pulled: registry/api:7; registry/api:7, 1 replica, set by gitlab-deployer

                g10, test
                  ✗ Deployment api  missing

                Not made yet:
                  kubernetes/Deployment/memo2-g10-test/api

                Could not be read:
                  gitlab/*: the server did not answer

                Not all is well: 0 of 2 components ready, 1 difference from the cohort file.

                """)
        #expect(!report.isWell)
    }

    @Test func `programs find every part of a status under its name`() throws {
        var report = report { observation in
            observation.present[deployment("g10").address]?.attributes[["spec", "template", "spec"]] = [:]
            observation.gaps = [.init(.system(.gitlab), reason: "the server did not answer")]
        }
        report.status.tokens = [
            Self.token("token-0", #"{"sub":"deployer"}"#), Self.token("token-1", ends: Self.now + 86_400),
            Self.token("token-2", nil),
        ]
        try expectGolden(report.json, "status.json")
    }

    private static func token(_ name: String, ends end: Date) -> DeployerToken {
        token(name, #"{"exp":\#(Int(end.timeIntervalSince1970))}"#)
    }

    private static func token(_ name: String, _ claims: String?) -> DeployerToken {
        let payload = claims.map { Data($0.utf8).base64EncodedString().replacing("=", with: "") }
        return DeployerToken(
            name: .kubernetes("Secret", "n", name), namespace: "n", slot: Slot(group: "g2", environment: "test"),
            secret: payload.map { Secret(unlisted: "h.\($0).s") })
    }

    @Test func `a token that ends within 14 days is a warning with its days, and all is still well`() throws {
        var report = report()
        report.status.tokens = [Self.token("token", ends: Self.now + 13.5 * 86_400)]
        #expect(report.isWell == self.report().isWell)
        #expect(report.text.contains("! token"), "\(report.text)")
        #expect(report.text.contains(", in 13 days"), "\(report.text)")
        #expect(report.footer.contains("1 token ends within 14 days"), "\(report.footer)")
        #expect(try JSON(parsing: report.json)["tokens"]?[0]?["days_left"] == 13)
        report.status.tokens = [Self.token("token", ends: Self.now + 15 * 86_400)]
        #expect(!report.text.contains("! token") && !report.footer.contains("14 days"))
    }

    @Test func `an expired token is not well`() throws {
        var report = report()
        report.status.tokens = [
            Self.token("token", ends: Self.now - 1)
        ]
        #expect(!report.isWell)
        #expect(report.text.contains("✗ token           expired 2027-01-15T07:59:59Z"), "\(report.text)")
    }

    @Test func `waiting ends with each reason once and those it befell`() {
        let items = report { observation in
            for address in observation.present.keys {
                observation.present[address]?.attributes[["status", "availableReplicas"]] = 0
            }
        }.status.items
        let wait = WaitReport(items)
        #expect(!wait.isReady)
        #expect(
            wait.progress == "waiting: 0 of 2 components ready, g2 test Deployment api: 0 of 1 ready")
        #expect(wait.text.contains("Not ready: 2 of 2 components.\n  ✗ "), "\(wait.text)")
    }

    @Test func `groups that are alike are shown once, and each of them when asked for`() {
        let resources = (1...5).map { deployment("g\($0)") }
        let blueprint = Blueprint(cohort: .sample(), resources: resources)
        var observation = Observation()
        for resource in resources {
            observation.present[resource.address] = live(
                resource, image: "registry/api:7", available: resource.slot.group == "g3" ? 1 : 0, mark: blueprint.mark)
        }
        let status = ClassStatus(blueprint, observation, Planner.plan(blueprint, observation))
        let brief = StatusReport(status, now: Self.now, detail: .brief).text
        #expect(
            brief == """
                … g1  0 of 1 ready
                … g2  0 of 1 ready
                ✓ g3  1 of 1 ready
                … g4  0 of 1 ready
                … g5  0 of 1 ready

                g1, test
                  … Deployment api  0 of 1 ready; registry/api:7, 1 replica, set by gitlab-deployer

                g2, g4, g5: the same

                Not all is well: 1 of 5 components ready.

                """)
        let full = StatusReport(status, now: Self.now, detail: .full).text
        #expect((1...5).allSatisfy { full.contains("g\($0), test\n") } && !full.contains("the same"))
    }

    @Test func `a class that is well is a line for each group, and a few lines for very many`() {
        func brief(_ count: Int) -> [Substring] {
            let resources = (1...count).map { deployment("g\($0)") }
            let blueprint = Blueprint(cohort: .sample(), resources: resources)
            var observation = Observation()
            for resource in resources {
                observation.present[resource.address] = live(
                    resource, image: "registry/api:7", available: 1, mark: blueprint.mark)
            }
            let status = ClassStatus(blueprint, observation, Planner.plan(blueprint, observation))
            return StatusReport(status, now: Self.now, detail: .brief).text.split(separator: "\n")
        }
        #expect(brief(7).count == 8)
        #expect(brief(7).first == "✓ g1  1 of 1 ready")
        #expect(brief(500).first == "✓ g1, g2, g3 and 497 more  1 of 1 ready")
        #expect(brief(500).count == 2)
    }

    @Test func `what could not be read for one reason is one sentence`() {
        let report = report { observation in
            observation.gaps = ["Role", "Secret", "Service"].map {
                .init(.kind(.kubernetes($0)), reason: "the server did not answer")
            }
        }
        let lines = report.text.split(separator: "\n").filter { $0.contains("the server did not answer") }
        #expect(lines == ["  kubernetes/Role/*, kubernetes/Secret/*, kubernetes/Service/*: the server did not answer"])
    }
}
