import AulaModel
import AulaYAML

extension CohortReader {
    private enum Kind: String, CaseIterable { case longLived, expiring }

    mutating func tokens(in root: Fields) -> TokenPolicy {
        guard let node = root["tokens"] else { return .longLived }
        guard let fields = fields(of: node, at: "tokens", keys: ["kind", "days"]) else { return .longLived }
        let kind: Kind? = choice("kind", in: fields)
        let days = number("days", in: fields, 1...365)
        switch kind {
        case .expiring: return .expiring(days: days ?? 30)
        case .longLived:
            if fields["days"] != nil {
                error("long-lived tokens have no `days`", at: fields.position(of: "days"), hint: "write kind: expiring")
            }
        case nil:
            if fields["kind"] == nil { missing("kind", in: fields, hint: "write kind: longLived or kind: expiring") }
        }
        return .longLived
    }
}
