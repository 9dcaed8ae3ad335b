import AulaModel

/// The `$filter` of a list: comparisons and functions, joined by `and`, or by `or`.
struct AzureFilter {
    private struct Term {
        var name: String
        var value: String
        var test: @Sendable (String, String) -> Bool
    }

    /// One of the lists must hold as a whole.
    private var alternatives: [[Term]] = []
    /// Whether only what holds at the scope itself is wanted, not what lies below.
    private(set) var isAtScope = false

    /// - Throws: 400 for a filter of another shape, rather than a list that is too long.
    init(_ text: String?) throws {
        guard let text, !text.isEmpty else { return }
        for alternative in text.split(separator: /\s+or\s+/.ignoresCase()) {
            var terms: [Term] = []
            for word in alternative.split(separator: /\s+and\s+/.ignoresCase()) {
                let word = word.trimming { $0 == " " }
                if ["atscope()", "atexactscope()"].contains(word.lowercased()) {
                    isAtScope = true
                } else if word.lowercased() != "atscopeandbelow()" {
                    terms.append(try Self.term(String(word), in: text))
                }
            }
            alternatives.append(terms)
        }
    }

    private static func term(_ word: String, in text: String) throws -> Term {
        let bare = { (value: Substring) in String(value).replacing("''", with: "'") }
        if let match = word.wholeMatch(of: /([\w\/]+)\s+([eEnN][qQeE])\s+'((?:[^']|'')*)'/) {
            let wants = match.2.lowercased() == "eq"
            return Term(name: match.1.lowercased(), value: bare(match.3)) { ($0 == $1) == wants }
        }
        if let match = word.wholeMatch(of: /(?i)startswith\(\s*(\w+)\s*,\s*'([^']*)'\s*\)/) {
            return Term(name: match.1.lowercased(), value: bare(match.2)) { $0.hasPrefix($1) }
        }
        if let match = word.wholeMatch(of: /(?i)substringof\(\s*'([^']*)'\s*,\s*(\w+)\s*\)/) {
            return Term(name: match.2.lowercased(), value: bare(match.1)) { $0.contains($1) }
        }
        if let match = word.wholeMatch(of: /(?i)assignedTo\(\s*'([^']*)'\s*\)/) {
            return Term(name: "principalid", value: bare(match.1)) { $0 == $1 }
        }
        throw AzureFailure.badRequest(
            "InvalidFilterInQueryString", "Invalid $filter '\(text)' specified in the query string.")
    }

    func matches(_ resource: AzureResource) -> Bool {
        matches(tags: resource.tags ?? [:]) { term in
            switch term {
            case "resourcegroup": resource.group
            case "resourcetype": resource.id.type
            case "name": resource.name
            case "location": resource.location ?? ""
            case "rolename": resource.properties["roleName"]?.string
            case "type": resource.properties["type"]?.string
            case "principalid": resource.properties["principalId"]?.string
            default: resource.properties[term]?.string
            }
        }
    }

    func matches(_ group: ResourceGroup) -> Bool {
        matches(tags: group.tags) { term in term == "name" ? group.name : term == "location" ? group.location : nil }
    }

    /// Tag names compare in any case, tag values do not; other values compare in any case.
    private func matches(tags: [String: String], value: (String) -> String?) -> Bool {
        guard !alternatives.isEmpty else { return true }
        return alternatives.contains { terms in
            let name = terms.first { $0.name == "tagname" }
            let named = tags.filter { tag in name.map { $0.test(tag.key.lowercased(), $0.value.lowercased()) } ?? false
            }
            return terms.allSatisfy { term in
                switch term.name {
                case "tagname": !named.isEmpty
                case "tagvalue": named.values.contains { term.test($0, term.value) }
                default: value(term.name).map { term.test($0.lowercased(), term.value.lowercased()) } ?? false
                }
            }
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isSpare: (Character) -> Bool) -> Substring {
        var text = drop(while: isSpare)
        while let last = text.last, last == " " { text = text.dropLast() }
        return text
    }
}
