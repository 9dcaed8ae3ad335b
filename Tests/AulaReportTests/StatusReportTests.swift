import AulaModel
import AulaPlanner
import AulaReadiness
import AulaReport
import AulaTestSupport
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
        report.status.tokens = [TokenState.Expiry.never, .at(Self.now + 86_400), .unreadable].enumerated().map {
            TokenState(
                address: .kubernetes("Secret", "n", "token-\($0)"), slot: Slot(group: "g2", environment: "test"),
                expiry: $1)
        }
        try expectGolden(report.json, "status.json")
    }

    @Test func `an expired token is not well`() throws {
        var report = report()
        report.status.tokens = [
            TokenState(
                address: .kubernetes("Secret", "n", "token"), slot: Slot(group: "g2", environment: "test"),
                expiry: .at(Self.now - 1))
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
}
