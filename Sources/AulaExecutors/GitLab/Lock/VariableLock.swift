import AulaEngine
import AulaModel
import Foundation

/// The lock of a cohort in GitLab: the marked variable `AULA_LOCK` of aula's own project, where no job sees it.
///
/// GitLab refuses to make a variable whose key exists (400, "has already been taken"), which is all that a lock needs.
/// A variable has no version, so one that lapsed is deleted and made anew: of two runs that do so in the same second
/// the later one could delete the fresh one of the other, whose next beat then finds a stranger's name and stops it.
struct VariableLock: SharedLock {
    static let key = "AULA_LOCK"

    let client: GitLabClient
    /// The full path of the cohort's own group.
    let group: String
    let mark: Mark

    var home: Address { mark.ownProject }

    var list: String { "\(OwnVariables.path(in: group))/variables" }
    var path: String { "\(list)/\(Self.key)" }
    static let scope = [(name: "filter[environment_scope]", value: ClassMemory.scope)]

    func acquire(as holder: LockHolder) async throws -> LockAnswer {
        do {
            for _ in 1...3 {
                if let answer = try await attempt(holder) { return answer }
            }
        } catch let failure as GitLabFailure {
            throw failure.error(doing: "taking the lock \(Self.key) in \(group)/\(ClassMemory.projectName)", at: client)
        }
        throw ExecutionError(
            "several runs want the lock \(Self.key) of the GitLab project \(group)/\(ClassMemory.projectName) at once",
            hint: "run aula again")
    }

    func look() async -> LockNote? { try? await read() }

    /// - Returns: nil where it changed hands while it was read.
    private func attempt(_ holder: LockHolder) async throws -> LockAnswer? {
        let note = holder.note
        do {
            try await client.write("POST", list, body: body(note))
        } catch let failure as GitLabFailure where failure.isMissing {
            return .nowhere
        } catch let failure as GitLabFailure where failure.isTaken || failure.mayBeDone {
            guard let live = try await read() else { return nil }
            guard live.holder != holder.name else {
                return .taken(HeldVariable(lock: self, holder: holder, note: live))
            }
            guard holder.mayTakeOver(live) else { return .busy(live) }
            try await remove()
            return nil
        }
        return .taken(HeldVariable(lock: self, holder: holder, note: note))
    }

    /// What stands in it; nil where there is none.
    func read() async throws -> LockNote? {
        do {
            let value = try await client.get(path, query: Self.scope)["value"]?.string ?? ""
            // Nobody who can be asked wrote that; it never lapses, so that nobody's variable is taken away.
            let text = value.count > 40 ? value.prefix(40) + "…" : value[...]
            return Self.note(value)
                ?? LockNote(
                    holder: "the variable \(Self.key) of \(group) says \"\(text)\", which no run of aula wrote",
                    since: .distantPast, renewed: .distantFuture)
        } catch let failure as GitLabFailure where failure.isMissing {
            return nil
        }
    }

    func remove() async throws {
        do {
            try await client.write("DELETE", path, query: Self.scope)
        } catch let failure as GitLabFailure where failure.isMissing {
            return
        }
    }

    func body(_ note: LockNote) -> JSON {
        let value: JSON = [
            "holder": .string(note.holder), "since": .string(note.since.formatted(.iso8601)),
            "renewed": .string(note.renewed.formatted(.iso8601)), "seconds": .int(Int(note.life.components.seconds)),
        ]
        return [
            "key": .string(Self.key), "value": .string(value.text), "description": .string(mark.line),
            "masked": false, "protected": true, "raw": true, "environment_scope": .string(ClassMemory.scope),
        ]
    }

    private static func note(_ value: String) -> LockNote? {
        guard let json = try? JSON(parsing: value), let holder = json["holder"]?.string,
            let since = json["since"]?.string.flatMap({ try? Date($0, strategy: .iso8601) }),
            let renewed = json["renewed"]?.string.flatMap({ try? Date($0, strategy: .iso8601) })
        else { return nil }
        let seconds = json["seconds"]?.int
        return LockNote(
            holder: holder, since: since, renewed: renewed, life: seconds.map { .seconds($0) } ?? LockTerms().life)
    }
}
