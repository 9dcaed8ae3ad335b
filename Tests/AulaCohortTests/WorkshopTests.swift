import AulaCohort
import AulaModel
import Testing

@Suite struct WorkshopTests {
    @Test func `eight participants run three services`() throws {
        let (parsed, diagnostics) = CohortParser.parse(try .cohort(named: "workshop.yaml"))
        #expect(diagnostics == [])
        let cohort = try #require(parsed)
        #expect(cohort.groups.count == 8)
        #expect(cohort.components.map(\.name) == ["auth", "hello", "frontend"])
        #expect(cohort.components.map(\.deploy) == [.aula, .aula, .aula])
        #expect(cohort.components.map(\.version) == ["1.0.0", "1.0.0", nil])
        #expect(cohort.site == .context(nil))
    }

    @Test(arguments: [
        (
            "hello:{version}\n    version: 1.0.0\n    replicas: 1",
            "hello:{version}\n    version: 1.0.0\n    replicas: 3", 1
        ),
        ("auth:{version}\n    version: 1.0.0", "auth:{version}\n    version: 2.0.0", 0),
    ])
    func `scaling and rolling are changes of one line`(old: String, new: String, changed: Int) throws {
        let file = try SourceFile.cohort(named: "workshop.yaml")
        let text = file.text.replacing(old, with: new)
        #expect(text != file.text)
        let before = try #require(CohortParser.parse(file).cohort)
        let after = try #require(CohortParser.parse(SourceFile(path: file.path, text: text)).cohort)
        let different = before.components.indices.filter { before.components[$0] != after.components[$0] }
        #expect(different == [changed])
    }
}
