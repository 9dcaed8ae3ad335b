import AulaModel
import Foundation

/// The parameters of one call, from the query and from a JSON or form body, as GitLab's API layer merges them.
struct GitLabArguments {
    private(set) var values: JSON = .object(JSONObject())

    /// - Throws: `GitLabFailure` 400 for a body that says JSON and is none.
    init(_ request: SandboxRequest) throws {
        for (name, value) in request.query { insert(value, at: name) }
        guard !request.body.isEmpty else { return }
        let type = request.headers["content-type"] ?? "application/json"
        if type.hasPrefix("application/x-www-form-urlencoded") {
            for (name, value) in Self.form(request.body) { insert(value, at: name) }
        } else if type.hasPrefix("application/json") {
            guard let body = try? JSON(parsing: request.body), let object = body.object else {
                throw GitLabFailure.message(400, "400 Bad request - message body does not match declared format")
            }
            for member in object.members { values[member.key] = member.value }
        } else {
            throw GitLabFailure.parameter("The provided content-type '\(type)' is not supported.")
        }
    }

    private static func form(_ body: Data) -> [(String, String)] {
        String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                let spaced = $0.replacingOccurrences(of: "+", with: " ")
                return spaced.removingPercentEncoding ?? spaced
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    /// `filter[environment_scope]` becomes a member of an object, `scopes[]` an element of a list.
    private mutating func insert(_ value: String, at name: String) {
        var path = name.split(separator: "[").map { $0.hasSuffix("]") ? String($0.dropLast()) : String($0) }
        guard !path.isEmpty else { return }
        if path.count > 1, path.last == "" {
            path.removeLast()
            values[path] = .array((values[path]?.array ?? []) + [.string(value)])
        } else {
            values[path] = .string(value)
        }
    }

    subscript(name: String) -> JSON? { values[name] }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// - Throws: 400 naming every parameter that is absent, in the order asked for.
    func require(_ names: String...) throws { try require(names: names) }

    func require(names: [String]) throws {
        let missing = names.filter { values[Self.path($0)] == nil }
        guard missing.isEmpty else {
            throw GitLabFailure.parameter(missing.map { "\($0) is missing" }.joined(separator: ", "))
        }
    }

    /// - Throws: 400 where not one of these is given.
    func requireOne(of names: [String]) throws {
        guard !names.contains(where: { values[$0] != nil }) else { return }
        throw GitLabFailure.parameter(
            "\(names.joined(separator: ", ")) are missing, at least one parameter must be provided")
    }

    private static func path(_ name: String) -> [String] {
        name.split(separator: "[").map { $0.hasSuffix("]") ? String($0.dropLast()) : String($0) }
    }

    /// The text of a parameter; a number is taken as its digits.
    func text(_ name: String) throws -> String? {
        switch values[Self.path(name)] {
        case nil, .null: return nil
        case .string(let text): return text
        case .int(let number): return String(number)
        case .bool(let flag): return String(flag)
        default: throw GitLabFailure.parameter("\(name) is invalid")
        }
    }

    func integer(_ name: String) throws -> Int? {
        switch values[Self.path(name)] {
        case nil, .null, .string(""): return nil
        case .int(let number): return number
        case .string(let text):
            guard let number = Int(text) else { throw GitLabFailure.parameter("\(name) is invalid") }
            return number
        default: throw GitLabFailure.parameter("\(name) is invalid")
        }
    }

    /// Python clients write `True`, so case does not matter.
    func flag(_ name: String) throws -> Bool? {
        switch values[Self.path(name)] {
        case nil, .null: return nil
        case .bool(let flag): return flag
        case .int(let number): return number != 0
        case .string(let text):
            switch text.lowercased() {
            case "true", "t", "1", "yes", "on": return true
            case "false", "f", "0", "no", "off", "": return false
            default: throw GitLabFailure.parameter("\(name) is invalid")
            }
        default: throw GitLabFailure.parameter("\(name) is invalid")
        }
    }

    /// A list of texts: `["a"]` in JSON, `a[]=…` in a form, or `a,b` in one value.
    func list(_ name: String) throws -> [String]? {
        switch values[Self.path(name)] {
        case nil, .null: return nil
        case .array(let items): return items.compactMap { $0.string ?? $0.int.map(String.init) }
        case .string(let text): return text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        default: throw GitLabFailure.parameter("\(name) is invalid")
        }
    }

    /// One of a set of words.
    ///
    /// - Throws: 400 `… does not have a valid value`.
    func choice(_ name: String, of words: [String]) throws -> String? {
        guard let word = try text(name) else { return nil }
        guard words.contains(word) else { throw GitLabFailure.invalidValue(name) }
        return word
    }

    /// A day as `YYYY-MM-DD`; a time after it is dropped, an empty text clears the date.
    func day(_ name: String) throws -> String? {
        guard let text = try text(name), !text.isEmpty else { return nil }
        let day = String(text.prefix(10))
        guard GitLabTime.date(ofDay: day) != nil else { throw GitLabFailure.parameter("\(name) is invalid") }
        return day
    }
}
