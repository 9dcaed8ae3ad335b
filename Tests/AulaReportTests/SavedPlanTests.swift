import AulaModel
import AulaPlanner
import Foundation
import Testing

@Suite struct SavedPlanTests {
    @Test(arguments: [Sample.firstApply(), Sample.mixed, Sample.destroy])
    func `every sample plan comes back from its file as it was`(plan: Plan) throws {
        let saved = SavedPlan(plan, PlanOptions())
        #expect(try SavedPlan(reading: saved.encoded()) == saved)
        #expect(!String(decoding: try saved.encoded(), as: UTF8.self).contains("hunter2"))
    }
}
