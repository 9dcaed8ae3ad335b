import AulaModel
import AulaPlanner
import Foundation
import Testing

@Suite struct SavedPlanTests {
    private let saved: SavedPlan

    init() {
        let namespace = Sample.object("Namespace", nil, "n")
        let config = Sample.object("ConfigMap", "n", "settings", body: ["data": ["A": "1"]])
        let options = PlanOptions(
            filter: Filter(groups: [Glob("g?")], systems: [.kubernetes]), adopt: [config.address],
            allowDataLoss: true, withContents: [namespace.address])
        saved = SavedPlan(Planner.plan(Sample.blueprint([namespace, config]), Observation(), options), options)
    }

    @Test func `a saved plan is read back as it was, with what was asked and its signature`() throws {
        let data = try saved.encoded()
        let again = try SavedPlan(reading: data)
        #expect(again == saved)
        #expect(again.options.filter.groups.first?.matches("g7") == true)
        #expect(try again.encoded() == data)
    }

    @Test(
        "what is no plan, of another form, damaged or changed is refused in words",
        arguments: [
            ("{}", "this is no plan of aula's"),
            ("not JSON", "this is no plan of aula's"),
            (#"{"version": 2}"#, "this plan has the form 2, and this aula reads 1"),
            (#"{"version": 1}"#, "this plan is damaged"),
        ])
    func refused(text: String, sentence: String) {
        #expect { try SavedPlan(reading: Data(text.utf8)) } throws: { error in
            (error as? DiagnosticError)?.diagnostics.map(\.message) == [sentence]
        }
    }

    @Test func `a plan in which somebody changed what would be done is refused`() throws {
        let text = String(decoding: try saved.encoded(), as: UTF8.self)
        let changed = text.replacing(#""action" : "create""#, with: #""action" : "delete""#)
        #expect(changed != text)
        #expect(throws: DiagnosticError.self) { try SavedPlan(reading: Data(changed.utf8)) }
    }
}
