import ArgumentParser
import AulaModel
import AulaPlanner

/// What the user allows that aula does not do unasked.
struct ConsentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Take over this thing, which is not aula's. Repeatable.", valueName: "address"))
    var adopt: [String] = []

    @Flag(help: "Allow what deletes data: volumes, and namespaces that hold them.")
    var allowDataLoss = false

    @Option(
        help: ArgumentHelp(
            "Delete this namespace, cluster or resource group with the foreign things inside. Repeatable.",
            valueName: "address"))
    var withContents: [String] = []

    func options(_ purpose: Plan.Purpose, _ filter: Filter = Filter()) -> PlanOptions {
        PlanOptions(
            purpose: purpose, filter: filter, adopt: Set(adopt.map { Address($0) }), allowDataLoss: allowDataLoss,
            withContents: Set(withContents.map { Address($0) }))
    }
}
