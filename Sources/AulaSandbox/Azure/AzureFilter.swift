import AulaModel

/// The `$filter` of a list: comparisons with `eq`, joined by `and`.
struct AzureFilter {
    private var terms: [(name: String, value: String)] = []

    /// - Throws: 400 for a filter of another shape, rather than a list that is too long.
    init(_ text: String?) throws {
        guard let text, !text.isEmpty else { return }
        for term in text.split(separator: /\s+and\s+/.ignoresCase()) {
            guard let match = String(term).wholeMatch(of: /\s*(\w+)\s+[eE][qQ]\s+'((?:[^']|'')*)'\s*/) else {
                throw AzureFailure.badRequest(
                    "InvalidFilterInQueryString", "Invalid $filter '\(text)' specified in the query string.")
            }
            terms.append((String(match.1).lowercased(), String(match.2).replacing("''", with: "'")))
        }
    }

    /// Whether a thing passes; tag names compare in any case, tag values do not.
    func matches(name: String, type: String = "", group: String = "", location: String = "", tags: [String: String])
        -> Bool
    {
        let tagName = terms.first { $0.name == "tagname" }?.value.lowercased()
        return terms.allSatisfy { term, value in
            switch term {
            case "tagname": tags.contains { $0.key.lowercased() == tagName }
            case "tagvalue": tags.contains { $0.key.lowercased() == tagName && $0.value == value }
            case "resourcegroup": group.lowercased() == value.lowercased()
            case "resourcetype": type.lowercased() == value.lowercased()
            case "name": name.lowercased() == value.lowercased()
            case "location": location.lowercased() == value.lowercased()
            default: false
            }
        }
    }
}
