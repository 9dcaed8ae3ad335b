import AulaModel
import AulaYAML
import Foundation

extension CohortReader {
    /// The currency of the price book.
    private static let currency = BudgetKeys.currency.declaration.example

    mutating func budget(in root: Fields) -> Budget? {
        guard let node = root["budget"] else { return nil }
        if case .scalar(let text, _) = node.value {
            let amount = Scalar.decimal(text) == nil ? "100" : text
            error(
                "`budget` needs an amount and a currency", at: node.position,
                hint: "write budget: { amount: \(amount), currency: \(Self.currency) }")
            return nil
        }
        guard let fields = fields(of: node, at: "budget", BudgetKeys.set) else { return nil }
        let enforce = value(BudgetKeys.enforce, in: fields) ?? false
        checkCurrency(in: fields)
        guard let node = fields["amount"] else {
            missing("amount", in: fields, hint: "write amount: 100")
            return nil
        }
        guard case .scalar(let text, plain: true) = node.value, let amount = Scalar.decimal(text), amount > 0 else {
            mistyped(node, "budget.amount", expected: "an amount above zero such as 100 or 99.50")
            return nil
        }
        return Budget(Money(amount, Self.currency), enforce: enforce)
    }

    private mutating func checkCurrency(in fields: Fields) {
        guard fields["currency"] != nil else {
            missing("currency", in: fields, hint: "write currency: \(Self.currency)")
            return
        }
        guard let currency = text("currency", in: fields), currency != Self.currency else { return }
        let isCode = currency.wholeMatch(of: /[A-Z]{3}/) != nil
        let problem = isCode ? "there are no prices in \(currency)" : "\(quoted(currency)) is no currency"
        error(
            problem, at: fields.position(of: "currency"),
            hint: "prices are in \(Self.currency): convert the amount and write currency: \(Self.currency)")
    }
}
