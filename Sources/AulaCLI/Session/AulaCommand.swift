import ArgumentParser
import AulaEngine
import AulaModel
import AulaReport
import AulaTools

/// A command of aula: it prints its own findings and ends with one of the documented exit codes.
protocol AulaCommand: AsyncParsableCommand {
    func run(_ console: Console, _ redactor: Redactor) async throws -> Outcome
}

extension AulaCommand {
    func run() async throws {
        let redactor = Redactor()
        let console = Console { redactor.scrub($0) }
        let outcome: Outcome
        do {
            outcome = try await run(console, redactor)
        } catch let error as DiagnosticError {
            console.note(DiagnosticsReport(error.diagnostics, style: console.errorStyle).text)
            throw ExitCode(Outcome.error.rawValue)
        } catch let error as LockHeld {
            console.note("error: \(error)\n  hint: \(error.hint)")
            throw ExitCode(Outcome.locked.rawValue)
        } catch is ExitCode {
            throw ExitCode(Outcome.error.rawValue)
        } catch {
            console.note("error: \(error)")
            throw ExitCode(Outcome.error.rawValue)
        }
        guard outcome == .done else { throw ExitCode(outcome.rawValue) }
    }
}
