import ArgumentParser
import AulaModel
import AulaPlanner

/// What the user allows that aula does not do unasked.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Allow the loss of data: volumes that are deleted or made anew, and what holds them.")
    var allowDataLoss = false

    @Flag(help: "Allow templates to make objects of the whole cluster, and to give more rights than a deploy needs.")
    var allowClusterWide = false

    @Option(
        help: ArgumentHelp(
            "Delete this namespace, cluster or resource group with the foreign things inside. Repeatable.",
            valueName: "address"),
        transform: Address.init(argument:))
    var withContents: [Address] = []

    /// The same consent on another command line.
    var words: [String] {
        (allowDataLoss ? ["--allow-data-loss"] : []) + (allowClusterWide ? ["--allow-cluster-wide"] : [])
            + withContents.flatMap { ["--with-contents", $0.text] }
    }

    func options(
        _ purpose: Plan.Purpose, _ filter: Filter = Filter(), _ adoption: AdoptionOptions? = nil
    ) -> PlanOptions {
        PlanOptions(
            purpose: purpose, filter: filter, adopt: Set(adoption?.adopt ?? []),
            allowDataLoss: allowDataLoss, allowClusterWide: allowClusterWide, withContents: Set(withContents))
    }
}
