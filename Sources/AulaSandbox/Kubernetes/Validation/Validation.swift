import AulaModel
import Foundation

/// What is wrong with an object that fits its type, in the order and the words of the server.
struct Validation {
    private(set) var problems: [FieldProblem] = []
    private let object: JSON
    private let kind: Kind

    init(_ object: JSON, _ kind: Kind) {
        self.object = object
        self.kind = kind
        problems = MetadataRules.problems(object, kind)
        apply(kind.id, to: object, "")
        if let schema = kind.schema { problems += StructuralSchema(schema).problems(object) }
    }

    private mutating func apply(_ block: String, to value: JSON, _ field: String) {
        for rule in RuleBook.shared[block] { visit(value, rule.path[...], field, rule.demand) }
    }

    /// Walks to where a rule holds: a parent that is not there has nothing to obey.
    private mutating func visit(
        _ value: JSON?, _ path: ArraySlice<FieldRule.Step>, _ field: String, _ demand: FieldRule.Demand
    ) {
        guard let step = path.first else { return judge(value, field, demand) }
        let rest = path.dropFirst()
        switch step {
        case .member(let name):
            guard let value, value.object != nil else { return }
            visit(value[name], rest, field.isEmpty ? name : "\(field).\(name)", demand)
        case .items:
            for (index, item) in (value?.array ?? []).enumerated() { visit(item, rest, "\(field)[\(index)]", demand) }
        case .entries:
            for member in value?.object?.members ?? [] { visit(member.value, rest, "\(field)[\(member.key)]", demand) }
        }
    }

    private mutating func judge(_ value: JSON?, _ field: String, _ demand: FieldRule.Demand) {
        if case .required(let words) = demand {
            let isThere = value.map { !$0.isHollow && $0 != "" && $0 != 0 } ?? false
            if !isThere { add(.required(field, words)) }
            return
        }
        guard let value, !value.isNull else { return }
        switch demand {
        case .required: break
        case .oneOf(let words):
            if let text = value.string, !text.isEmpty, !words.contains(text) {
                add(.unsupported(field, value, words))
            }
        case .above(let border): bound(value, field, "must be greater than \(border)") { $0 > border }
        case .atLeast(let border): bound(value, field, "must be greater than or equal to \(border)") { $0 >= border }
        case .between(let low, let high):
            let words = low == high ? "must be \(low)" : "must be between \(low) and \(high), inclusive"
            bound(value, field, words) { $0 >= low && $0 <= high }
        case .longest(let count):
            if value.string?.utf8.count ?? 0 > count {
                add(.invalid(field, value, "must be no more than \(count) characters"))
            }
        case .form(let form): form.problem(value, field).map { add($0) }
        case .unique(let name):
            var seen: Set<JSON> = []
            for (index, item) in (value.array ?? []).enumerated() {
                guard let member = item[name], member != "", !seen.insert(member).inserted else { continue }
                add(.duplicate("\(field)[\(index)].\(name)", member))
            }
        case .block(let name): apply(name, to: value, field)
        case .check(let check): problems += check.problems(value, at: field, in: object, kind)
        }
    }

    private mutating func bound(_ value: JSON, _ field: String, _ words: String, _ holds: (Int) -> Bool) {
        guard let number = value.int, !holds(number) else { return }
        add(.invalid(field, value, words))
    }

    private mutating func add(_ problem: FieldProblem) { problems.append(problem) }
}
