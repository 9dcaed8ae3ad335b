import AulaEngine
import AulaModel
import AulaTestSupport
import Testing

@testable import AulaReport

@Suite struct EventStreamTests {
    private func stream(_ plan: Plan, _ use: (EventStream, Recorder) -> Void = { _, _ in }) -> Recorder {
        let recorder = Recorder()
        use(EventStream(plan, elapsed: { recorder.now }, write: recorder.write), recorder)
        return recorder
    }

    @Test func `the first line carries the version of the format`() throws {
        let recorder = stream(Sample.mixed)
        let first = try JSON(parsing: String(recorder.lines[0]))
        #expect(first["type"]?.string == "version")
        #expect(first["format_version"]?.int == 1)
    }

    @Test func `every line is one JSON object with a type and a time`() throws {
        let run = Sample.run()
        let recorder = stream(run.plan) { stream, recorder in
            stream.diagnostic(Diagnostic(.warning, "no network policies\nare enforced"))
            for (at, event) in run.events {
                recorder.set(at)
                stream.handle(event)
            }
        }
        let lines = recorder.lines.dropLast()
        #expect(lines.count > run.plan.changes.count * 3)
        for line in lines.dropFirst() {
            let value = try JSON(parsing: String(line))
            #expect(value["type"]?.string != nil)
            #expect(value["at"] != nil)
        }
        #expect(!recorder.text.contains("never shown"))
    }

    @Test func `each event has its line`() throws {
        let change = Sample.create("kubernetes/Role/memo2-g1-test/deployer", "g1", "test")
        let recorder = stream(Plan(purpose: .apply, mark: Sample.mark, changes: [change])) { stream, recorder in
            stream.handle(.began(total: 1))
            stream.handle(.started(change))
            recorder.set(.milliseconds(1250))
            stream.handle(.progress(change.address, "waiting"))
            stream.handle(.retrying(change.address, reason: "429", after: .seconds(3)))
            stream.handle(.finished(change, elapsed: .milliseconds(1250)))
            stream.handle(.failed(change, ExecutionError("forbidden", hint: "ask for the right")))
            stream.handle(.skipped(change, because: Address("kubernetes/Namespace/memo2-g1-test")))
            stream.handle(.interrupted)
            stream.handle(.ended(RunSummary(done: [change], elapsed: .seconds(2))))
        }
        try expectGolden(recorder.text, "events.ndjson")
    }
}
