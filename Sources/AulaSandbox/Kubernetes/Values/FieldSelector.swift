import AulaModel

/// A field selector such as `metadata.name=api,status.phase!=Running`.
struct FieldSelector: Sendable {
    private var terms: [(path: [String], value: String, isEqual: Bool)] = []

    init() {}

    init(parsing text: String) throws(SelectorError) {
        for term in text.split(separator: ",") {
            guard let sign = term.firstIndex(of: "=") else {
                throw SelectorError(message: "invalid selector: '\(text)'; can't understand '\(term)'")
            }
            var name = term[..<sign]
            let isEqual = name.last != "!"
            if !isEqual { name.removeLast() }
            let value = term[term.index(after: sign)...].drop { $0 == "=" }
            terms.append((name.split(separator: ".").map(String.init), String(value), isEqual))
        }
    }

    var names: [String] { terms.map { $0.path.joined(separator: ".") } }

    /// An absent field counts as empty.
    func matches(_ object: JSON) -> Bool {
        terms.allSatisfy { term in
            let value = object[term.path]
            let text = value?.string ?? value?.bool.map(String.init) ?? value?.int.map(String.init) ?? ""
            return (text == term.value) == term.isEqual
        }
    }
}
