import AulaCost
import AulaModel
import AulaTestSupport
import Foundation
import Testing

/// The class that aula was born from, as far as its cost goes.
enum SampleClass {
    /// The files under `templates/prices`.
    static func priceFiles() throws -> [SourceFile] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../templates/prices")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }
            .map { SourceFile(path: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
    }

    static func book() throws -> PriceBook {
        let (book, diagnostics) = PriceBook.parse(try priceFiles())
        try #require(diagnostics.isEmpty, "\(diagnostics)")
        return book
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
        try #require(Day(year: year, month: month, day: day))
    }

    static func term() throws -> Term {
        Term(
            range: DayRange(from: try day(2020, 12, 7), to: try day(2021, 3, 8)),
            timeZone: try #require(TimeZone(identifier: "America/Argentina/Buenos_Aires")),
            pauses: [
                Term.Pause(range: DayRange(from: try day(2020, 12, 21), to: try day(2021, 2, 8)), reason: "recess")
            ])
    }

    static let azure = AzureSite.sample()

    static func cohort(
        _ site: KubernetesSite = .azure(azure), groups: Int = 7, budget: Budget? = Budget(Money(100, "USD"))
    ) throws -> Cohort {
        .sample(
            title: "MeMo2 @ FIUBA, 2020 second term", term: try term(), budget: budget,
            groups: Group.samples(groups), environments: ["test", "prod"], site: site)
    }

    /// A database with a volume.
    static func database(_ namespace: String, storage: String, group: String? = nil, storageClass: String? = nil)
        -> Resource
    {
        var claim: JSON = ["spec": ["resources": ["requests": ["storage": .string(storage)]]]]
        if let storageClass { claim[["spec", "storageClassName"]] = .string(storageClass) }
        return Resource(
            address: .kubernetes("StatefulSet", namespace, "db"), slot: Slot(group: group),
            body: ["spec": ["volumeClaimTemplates": [claim]]])
    }

    static let databases = ["test", "prod"].map { database("memo2-db-\($0)", storage: "8Gi") }

    static func service(_ name: String, type: String, ports: Int = 1) -> Resource {
        Resource(
            address: .kubernetes("Service", "memo2-g1-test", name),
            body: ["spec": ["type": .string(type), "ports": .array((0..<ports).map { ["port": .int(80 + $0)] })]])
    }

    static func memo2(_ resources: [Resource] = databases) throws -> Blueprint {
        Blueprint(cohort: try cohort(), resources: resources)
    }
}
