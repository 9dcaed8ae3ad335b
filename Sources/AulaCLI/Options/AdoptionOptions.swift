import ArgumentParser
import AulaModel

/// What becomes the cohort's though somebody else made it.
struct AdoptionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Take over this thing, which is not aula's. Repeatable.", valueName: "address"),
        transform: Address.init(argument:))
    var adopt: [Address] = []

    var words: [String] { adopt.flatMap { ["--adopt", $0.text] } }
}

extension Address {
    /// An address on the command line.
    init(argument: String) throws {
        guard let address = Address(argument) else {
            throw ValidationError(
                "`\(argument)` is no address; copy it from the message that names it, such as "
                    + "kubernetes/ConfigMap/memo2-g1-test/settings")
        }
        self = address
    }
}
