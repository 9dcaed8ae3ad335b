package import AulaEngine
package import AulaModel
import Synchronization

/// A run as NDJSON: one JSON object a line, as things happen.
///
/// The first line carries the format's version. Every later line has a `type` and `at`, the seconds since the run began. Outputs and bodies are never in it.
package final class EventStream: RunListener {
    private let elapsed: @Sendable () -> Duration
    private let write: @Sendable (String) -> Void
    private let purpose: Plan.Purpose
    private let lock = Mutex(())

    /// Writes the first line, then what is going to be done, change by change, and the sum.
    ///
    /// `elapsed` is the time since the run began; `write` takes whole lines, each with its newline, from one task
    /// at a time.
    package init(
        _ plan: Plan, elapsed: @escaping @Sendable () -> Duration,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.elapsed = elapsed
        self.write = write
        purpose = plan.purpose
        let head: JSON = [
            "type": "version", "format": "aula-events", "format_version": .int(ReportFormat.version),
            "cohort": .string(plan.mark.cohort), "id": .string(plan.mark.id), "purpose": .string(purpose.rawValue),
        ]
        write(head.text + "\n")
        for change in plan.changes { send("planned_change", change.reported) }
        send("planned", ["changes": ChangeCounts(plan.changes).reported(unchanged: plan.unchanged)])
    }

    package func diagnostic(_ diagnostic: Diagnostic) { send("diagnostic", diagnostic.reported) }

    package func handle(_ event: RunEvent) {
        switch event {
        case .began(let total): send("began", ["total": .int(total)])
        case .started(let change): send("started", change.named)
        case .progress(let address, let message):
            send("progress", ["address": .string(address.text), "message": .string(message)])
        case .retrying(let address, let reason, let after):
            send("retrying", ["address": .string(address.text), "reason": .string(reason), "after": after.reported])
        case .finished(let change, let elapsed):
            var value = change.named
            value["elapsed"] = elapsed.reported
            send("finished", value)
        case .failed(let change, let error): send("failed", failure(change, error))
        case .skipped(let change, let cause):
            var value = change.named
            value["because"] = .string(cause.text)
            send("skipped", value)
        case .interrupted: send("interrupted", [:])
        case .ended(let summary): send("ended", end(summary))
        }
    }

    /// What a second look after a destroy has found.
    package func lookedAgain(_ left: Plan) {
        send("looked_again", ["left": .int(left.changes.count + left.kept.count + left.strays.count)])
    }

    private func failure(_ change: Change, _ error: ExecutionError) -> JSON {
        var value = change.named
        value["message"] = .string(error.message)
        if let hint = error.hint { value["hint"] = .string(hint) }
        return value
    }

    private func end(_ summary: RunSummary) -> JSON {
        [
            "changes": ChangeCounts(summary.done).reported(),
            "failed": .int(summary.failed.count),
            "skipped": .int(summary.skipped.count),
            "not_started": .int(summary.notStarted.count),
            "interrupted": .bool(summary.interrupted),
            "succeeded": .bool(summary.succeeded),
            "elapsed": summary.elapsed.reported,
            "purpose": .string(purpose.rawValue),
        ]
    }

    private func send(_ type: String, _ fields: JSON) {
        var line = fields
        line["type"] = .string(type)
        lock.withLock { _ in
            line["at"] = elapsed().reported
            write(line.text + "\n")
        }
    }
}

extension Duration {
    /// Seconds with up to three decimals.
    var reported: JSON {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return milliseconds % 1000 == 0 ? .int(Int(seconds)) : .double(Double(milliseconds) / 1000)
    }
}
