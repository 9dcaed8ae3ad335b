import AulaModel
import Testing

@testable import AulaExecutors

@Suite struct MarkedDescriptionTests {
    @Test(
        arguments: [
            "aula:memo2/m2k7q9xd", "aula:memo2/m2k7q9xd key=memo2/g1",
            "Ours.\n\naula:memo2/m2k7q9xd adopted key=memo2/g1",
            "aula:memo2/m2k7q9xd key=memo2 azure=0000/memo2/c gitlab=memo2-fiuba/2020-2c", "no mark at all", "",
        ])
    func `a description is what it was after reading and writing`(text: String) {
        #expect(MarkedDescription(text).description == text)
    }

    @Test func `the parts of a description`() {
        let description = MarkedDescription("One.\nTwo.\naula:memo2/m2k7q9xd existing key=memo2/g1 a=b\n")
        #expect(description.text == "One.\nTwo.")
        #expect(description.mark == Mark(cohort: "memo2", id: "m2k7q9xd", origin: .existing))
        #expect(description.key == "memo2/g1")
        #expect(description.coordinates == "a=b")
    }

    @Test func `only the last line can be a mark`() {
        #expect(MarkedDescription("aula:memo2/m2k7q9xd\nBut then we wrote more.").mark == nil)
        #expect(MarkedDescription(nil).mark == nil)
    }
}
