import AulaEngine
import AulaModel
import Foundation

/// A Lease as it is written and read.
///
/// It carries no id label: it is not part of the class, so that no plan ever compares or prunes it.
struct Lease: Sendable {
    /// Nil where nobody holds it.
    var note: LockNote?
    var mark: Mark
    var version: String?
    var transitions = 0

    init(note: LockNote, mark: Mark) {
        self.note = note
        self.mark = mark
    }

    init(_ json: JSON, mark: Mark) {
        self.mark = mark
        version = json[["metadata", "resourceVersion"]]?.string
        transitions = json[["spec", "leaseTransitions"]]?.int ?? 0
        guard let spec = json["spec"], let holder = spec["holderIdentity"]?.string, !holder.isEmpty else { return }
        let since = spec["acquireTime"]?.string.flatMap(Self.time) ?? .distantPast
        let renewed = spec["renewTime"]?.string.flatMap(Self.time) ?? since
        let seconds = spec["leaseDurationSeconds"]?.int
        note = LockNote(
            holder: holder, since: since, renewed: renewed, life: seconds.map { .seconds($0) } ?? LockTerms().life)
    }

    var body: JSON {
        var metadata: JSON = [
            "name": .string(LeaseLock.name), "namespace": .string(mark.ownNamespace),
            "labels": [ObjectMark.manager: "aula", ObjectMark.cohort: .string(mark.cohort)],
        ]
        if let version { metadata["resourceVersion"] = .string(version) }
        var spec: JSON = [
            "leaseDurationSeconds": .int(Int((note?.life ?? LockTerms().life).components.seconds)),
            "leaseTransitions": .int(transitions),
        ]
        if let note {
            spec["holderIdentity"] = .string(note.holder)
            spec["acquireTime"] = .string(Self.text(note.since))
            spec["renewTime"] = .string(Self.text(note.renewed))
        }
        return ["apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": metadata, "spec": spec]
    }

    /// `MicroTime` of meta/v1: exactly six digits after the point.
    static func text(_ date: Date) -> String {
        let micros = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
        let whole = Date(timeIntervalSince1970: TimeInterval(micros / 1_000_000)).formatted(.iso8601)
        let digits = String(micros % 1_000_000)
        return whole.dropLast() + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
    }

    static func time(_ text: String) -> Date? {
        guard let point = text.firstIndex(of: ".") else { return try? Date(text, strategy: .iso8601) }
        let fraction = Double("0" + text[point...].prefix { $0 != "Z" }) ?? 0
        return (try? Date(text[..<point] + "Z", strategy: .iso8601))?.addingTimeInterval(fraction)
    }
}
