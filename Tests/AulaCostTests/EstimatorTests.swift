import AulaModel
import Foundation
import Testing

@testable import AulaCost

@Suite struct EstimatorTests {
    private func text(_ amount: Decimal?) -> String? { amount.map { Money($0, "USD").rounded } }

    private func line(_ estimate: Estimate, _ kind: EstimateLine.Kind) throws -> EstimateLine {
        try #require(estimate.lines.first { $0.kind == kind })
    }

    @Test func `the class in westus costs what its teacher paid, and what the teacher did not count`() throws {
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2(), book: try SampleClass.book())
        #expect(text(try line(estimate, .nodes).perMonth) == "72.42")
        #expect(text(try line(estimate, .nodes).forTerm) == "99.99")
        #expect(text(try line(estimate, .osDisks).forTerm) == "117.94")
        #expect(text(try line(estimate, .loadBalancer).forTerm) == "54.60")
        #expect(text(try line(estimate, .publicIPs).forTerm) == "10.92")
        #expect(text(try line(estimate, .clusterTier).forTerm) == "0.00")
        #expect(text(estimate.perMonth) == "133.74")
        #expect(text(estimate.forTerm) == "283.45")
    }

    @Test func `the known part alone is over the budget`() throws {
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2(), book: try SampleClass.book())
        #expect(estimate.isOverBudget)
        #expect(text(estimate.overrun) == "183.45")
        #expect(estimate.coverage.paid.map(\.kind) == [.nodes])
        #expect(estimate.coverage.unpaid.map(\.kind) == [.osDisks, .loadBalancer, .publicIPs])
    }

    @Test func `a price that is not in the book is a line of its own and never zero`() throws {
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2(), book: try SampleClass.book())
        #expect(estimate.missing.map(\.item) == ["disk/E2"])
        #expect(estimate.missing.first?.count == 2)
        #expect(estimate.missing.first?.forTerm == nil)
    }

    @Test func `an unknown size and an unknown region leave lines without prices`() throws {
        var site = SampleClass.azure
        site.location = "mars"
        site.cluster.nodeSize = "Standard_Z1"
        let blueprint = Blueprint(cohort: try SampleClass.cohort(.azure(site)), resources: [])
        let estimate = Estimator.estimate(blueprint: blueprint, book: try SampleClass.book())
        #expect(
            estimate.missing.map(\.item) == [
                "node/Standard_Z1", "disk/P10", "loadBalancer/first5Rules", "publicIP/standard",
            ])
        #expect(estimate.forTerm == 0)
        #expect(!estimate.isOverBudget)
    }

    @Test func `each group bears an equal part and its own volumes`() throws {
        let own = SampleClass.database("memo2-g2-test", storage: "30Gi", group: "g2")
        var site = SampleClass.azure
        site.location = "westeurope"
        let blueprint = Blueprint(cohort: try SampleClass.cohort(.azure(site)), resources: [own])
        let estimate = Estimator.estimate(blueprint: blueprint, book: try SampleClass.book())
        let volumes = try line(estimate, .volumes)
        #expect(volumes.name == "Volumes (Standard SSD E4, 32 GiB)")
        #expect(estimate.shares.count == 7)
        #expect(estimate.shares[1].perMonth - estimate.shares[0].perMonth == Decimal(string: "2.40"))
        let sum = estimate.shares.map(\.perMonth).reduce(0, +)
        #expect(text(sum) == text(estimate.perMonth))
    }

    @Test(
        arguments: [
            ("8Gi", nil, "disk/E2"), ("8.5Gi", nil, "disk/E3"), ("4G", "default", "disk/E1"),
            ("100Gi", "managed-csi-premium", "disk/P10"), ("1Ti", "managed-csi", "disk/E30"),
            ("5Gi", "azurefile-csi", "storageClass/azurefile-csi"), ("40Ti", nil, "disk/E of 40960 GiB"),
        ] as [(String, String?, String)])
    func `a volume is billed at the tier that holds it`(storage: String, storageClass: String?, item: String) throws {
        let database = SampleClass.database("n", storage: storage, storageClass: storageClass)
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2([database]), book: try SampleClass.book())
        #expect(try line(estimate, .volumes).item == item)
    }

    @Test func `services for the world take addresses and rules`() throws {
        let services = [
            SampleClass.service("inner", type: "ClusterIP"),
            SampleClass.service("hello", type: "LoadBalancer", ports: 3),
            SampleClass.service("front", type: "LoadBalancer", ports: 2),
            Resource(address: .kubernetes("Ingress", "memo2-g1-test", "api"), body: [:]),
        ]
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2(services), book: try SampleClass.book())
        #expect(try line(estimate, .publicIPs).count == 4)
        let balancer = estimate.lines.filter { $0.kind == .loadBalancer }
        #expect(balancer.map(\.count) == [1, 3])
        #expect(balancer.last?.item == "loadBalancer/furtherRule")
    }

    @Test func `an inner load balancer has no public address`() throws {
        var service = SampleClass.service("inner", type: "LoadBalancer")
        service.body[["metadata", "annotations"]] = ["service.beta.kubernetes.io/azure-load-balancer-internal": "true"]
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2([service]), book: try SampleClass.book())
        #expect(try line(estimate, .publicIPs).count == 1)
    }

    @Test func `what templates declare is a line with its price, the group's own or once for all`() throws {
        let source = PriceSource(text: "the teacher", date: try SampleClass.day(2020, 12, 7))
        let price = Price(
            item: "gateway/hour", region: PriceBook.everywhere, unit: .month, money: Money(7, "USD"), source: source)
        let charges =
            ["g1", "g1", "g2"].map { Charge("gateway/hour", for: "edge", count: 1, group: $0) }
            + ["g1", "g2"].map { _ in Charge("gateway/base", for: "edge", count: 1, isShared: true) }
            + [
                Charge("gateway/data", for: "traffic of the gateway", count: nil, isShared: true),
                Charge(Charge.address, for: "edge", count: 2), Charge(Charge.rule, for: "edge", count: 5),
            ]
        func estimate(_ site: KubernetesSite) throws -> Estimate {
            Estimator.estimate(
                blueprint: Blueprint(
                    cohort: try SampleClass.cohort(site), resources: [], declared: Needs(charges: charges)),
                book: PriceBook([price]))
        }
        for site in [KubernetesSite.azure(SampleClass.azure), .context("lab")] {
            let estimate = try estimate(site)
            let declared = estimate.lines.filter { $0.kind == .declared && $0.item.hasPrefix("gateway") }
            #expect(declared.map(\.item) == ["gateway/base", "gateway/hour", "gateway/hour"])
            #expect(declared.map(\.count) == [1, 2, 1])
            #expect(declared.map(\.group) == [nil, "g1", "g2"])
            #expect(estimate.perMonth == 21)
            #expect(estimate.shares.prefix(3).map(\.perMonth) == [14, 7, 0])
            #expect(estimate.missing.contains { $0.item == "gateway/base" })
            #expect(estimate.notEstimated.contains { $0.hasPrefix("traffic of the gateway (no price") })
        }
        let azure = try estimate(.azure(SampleClass.azure))
        #expect(try line(azure, .publicIPs).count == 3)
        #expect(azure.lines.filter { $0.kind == .loadBalancer }.map(\.count) == [1, 1])
    }

    @Test(arguments: [(nil, "disk/P10"), (30, "disk/P4"), (32, "disk/P4"), (200, "disk/P15")] as [(Int?, String)])
    func `an OS disk is billed at its tier`(size: Int?, item: String) throws {
        var site = SampleClass.azure
        site.cluster.osDiskSize = size
        let blueprint = Blueprint(cohort: try SampleClass.cohort(.azure(site)), resources: [])
        #expect(try line(Estimator.estimate(blueprint: blueprint, book: try SampleClass.book()), .osDisks).item == item)
    }

    @Test func `a cluster that is not on Azure has an estimate in which nothing is priced`() throws {
        let cohort = try SampleClass.cohort(.context("kind-lab"))
        let estimate = Estimator.estimate(
            blueprint: Blueprint(cohort: cohort, resources: SampleClass.databases), book: try SampleClass.book())
        #expect(estimate.lines.isEmpty)
        #expect(!estimate.isOverBudget)
        #expect(estimate.site == "context kind-lab")
        #expect(estimate.remarks.count == 1)
    }

    @Test func `without a term there is a month and no comparison`() throws {
        var cohort = try SampleClass.cohort()
        cohort.term = nil
        let estimate = Estimator.estimate(
            blueprint: Blueprint(cohort: cohort, resources: []), book: try SampleClass.book())
        #expect(text(estimate.perMonth) == "133.74")
        #expect(estimate.forTerm == nil)
        #expect(!estimate.isOverBudget)
    }

    @Test func `a budget in another currency is not compared`() throws {
        let cohort = try SampleClass.cohort(budget: Budget(Money(1, "EUR")))
        let estimate = Estimator.estimate(
            blueprint: Blueprint(cohort: cohort, resources: []), book: try SampleClass.book())
        #expect(!estimate.isOverBudget)
        #expect(estimate.remarks.contains { $0.contains("EUR") })
    }

    @Test func `the levers are those that save most, reckoned with the same prices`() throws {
        let estimate = Estimator.estimate(blueprint: try SampleClass.memo2(), book: try SampleClass.book())
        let levers = Dictionary(uniqueKeysWithValues: estimate.levers.map { ($0.change, $0) })
        #expect(text(try #require(levers["aula destroy before the pause, aula apply after it"]).saving) == "98.78")
        #expect(text(try #require(levers["location: eastus"]).saving) == "16.13")
        #expect(try #require(levers["osDiskSize: 32"]).saving == nil)
        #expect(try #require(levers["osDiskSize: 32"]).remark == "disk/P4 has no price in westus")
    }

    @Test func `in eastus smaller disks are a lever with a figure`() throws {
        var site = SampleClass.azure
        site.location = "eastus"
        let blueprint = Blueprint(cohort: try SampleClass.cohort(.azure(site)), resources: [])
        let lever = Estimator.estimate(blueprint: blueprint, book: try SampleClass.book()).levers.first {
            $0.change == "osDiskSize: 32"
        }
        // 2 × (19.71 − 5.28) × 2184 / 730
        #expect(text(lever?.saving) == "86.34")
    }
}
