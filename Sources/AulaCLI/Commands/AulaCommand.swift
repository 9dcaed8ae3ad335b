import ArgumentParser
import AulaEngine
import AulaModel
import AulaReport

/// A command of aula: it prints its own findings and ends with one of the documented exit codes.
protocol AulaCommand: AsyncParsableCommand {
    /// Does what the command is for, with nothing of the outside but these surroundings.
    func run(_ surroundings: Surroundings) async throws -> Outcome
}

extension AulaCommand {
    func run() async throws {
        let outcome = await outcome(in: .process)
        guard outcome == .done else { throw ExitCode(outcome.rawValue) }
    }

    /// Runs the command to its end; what it throws is printed and has its exit code.
    ///
    /// Whoever asked for a result and did not get all of it must not read a success.
    func outcome(in surroundings: Surroundings) async -> Outcome {
        let outcome = await ending(in: surroundings)
        guard let reason = surroundings.lostOutput.first, outcome.isSuccess else { return outcome }
        surroundings.console.note("error: the results could not be written: \(reason)")
        return .error
    }

    private func ending(in surroundings: Surroundings) async -> Outcome {
        let console = surroundings.console
        do {
            return try await run(surroundings)
        } catch let error as DiagnosticError {
            console.note(DiagnosticsReport(error.diagnostics, style: console.errorStyle).text)
            return .error
        } catch let error as LockHeld {
            console.note("error: \(error)\n  hint: \(error.hint)")
            return .locked
        } catch {
            console.note("error: \(error)")
            return .error
        }
    }
}

extension Outcome {
    /// Whether the command did what it was asked, whatever it found.
    fileprivate var isSuccess: Bool { [.done, .changesPending, .overBudget].contains(self) }
}
