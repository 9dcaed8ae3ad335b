import ArgumentParser
import AulaModel
import AulaReport
import Foundation

extension Aula {
    /// Runs what the command line of this process asks for; a slip in it is answered with what was probably meant.
    package static func main() async {
        if let slip = Slip.answer(to: Array(CommandLine.arguments.dropFirst())) {
            try? FileHandle.standardError.write(contentsOf: Data("\(Door.painted(slip))\n".utf8))
            exit(withError: ExitCode.validationFailure)
        }
        await main(nil)
    }
}
