import AulaModel
import AulaYAML

extension CohortReader {
    mutating func tokens(in root: Fields) -> TokenPolicy {
        guard let node = root["tokens"] else { return .longLived }
        guard let fields = fields(of: node, at: "tokens", TokenKeys.set) else { return .longLived }
        let kind = value(TokenKeys.kind, in: fields)
        let days = value(TokenKeys.days, in: fields)
        switch kind {
        case .expiring: return .expiring(days: days ?? 0)
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
