import AulaCohort
import AulaModel
import Testing

@Suite struct MemoTests {
    @Test func `the class that the project was born from has no problem`() throws {
        let (cohort, diagnostics) = CohortParser.parse(try .memo())
        #expect(diagnostics == [])
        #expect(cohort?.name == "memo2")
    }
}
