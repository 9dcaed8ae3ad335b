import AulaEngine
import AulaModel

extension RunReport {
    /// The end of a run for programs.
    package var json: String { document.prettyText }

    var document: JSON {
        [
            "format_version": .int(ReportFormat.version),
            "purpose": .string(purpose.rawValue),
            "succeeded": .bool(summary.succeeded),
            "interrupted": .bool(summary.interrupted),
            "elapsed": summary.elapsed.reported,
            "changes": counts.reported(),
            "failed": .array(
                summary.failed.map { failure in
                    var value = failure.change.named
                    value["message"] = .string(failure.error.message)
                    if let hint = failure.error.hint { value["hint"] = .string(hint) }
                    return value
                }),
            "skipped": .array(summary.skipped.map(\.named)),
            "not_started": .array(summary.notStarted.map(\.named)),
            "resume": .string(resume),
        ]
    }
}
