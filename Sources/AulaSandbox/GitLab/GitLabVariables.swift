import AulaModel
import Foundation

/// CI/CD variables of groups and projects; their key is the name together with the environment scope.
extension GitLabInstance {
    struct Variable: Codable, Sendable {
        var key: String
        var value: String
        var type = "env_var"
        var scope = "*"
        var protected = false
        var masked = false
        var hidden = false
        var raw = false
        var description: String?
    }

    /// How many variables a holder may have.
    private static let limits: [Holder.Kind: Int] = [.project: 8_000, .group: 30_000]

    static let variableRoutes: [GitLabRoute] =
        .joined(
            GitLabRoute.underBoth("GET", "variables", project: .maintainer, group: .owner) { gitlab, call, holder in
                try call.page(gitlab[contents: holder].variables, render: render)
            },
            GitLabRoute.underBoth("POST", "variables", project: .maintainer, group: .owner) { gitlab, call, holder in
                try gitlab.createVariable(call, in: holder)
            },
            GitLabRoute.underBoth("GET", "variables/:key", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                .json(
                    200, render(gitlab[contents: holder].variables[try gitlab.position(ofVariable: call, in: holder)]))
            },
            GitLabRoute.underBoth("PUT", "variables/:key", project: .maintainer, group: .owner) {
                gitlab, call, holder in try gitlab.updateVariable(call, in: holder)
            },
            GitLabRoute.underBoth("DELETE", "variables/:key", project: .maintainer, group: .owner) {
                gitlab, call, holder in
                gitlab[contents: holder].variables.remove(at: try gitlab.position(ofVariable: call, in: holder))
                return GitLabCall.noContent()
            })

    private mutating func createVariable(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let arguments = call.arguments
        try arguments.require("key", "value")
        var variable = Variable(key: try arguments.text("key") ?? "", value: "")
        try apply(arguments, to: &variable)
        if try arguments.flag("masked_and_hidden") == true {
            variable.masked = true
            variable.hidden = true
        }
        let present = self[contents: holder].variables
        guard present.count < Self.limits[holder.kind] ?? .max else {
            let what = "\(holder.kind.title.lowercased()) ci variables"
            throw GitLabFailure.validation(
                "base", "Maximum number of \(what) (\(Self.limits[holder.kind] ?? 0)) exceeded")
        }
        var problems = problems(of: variable)
        if present.contains(where: { $0.key == variable.key && $0.scope == variable.scope }) {
            problems.append(("key", "(\(variable.key)) has already been taken"))
        }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
        self[contents: holder].variables.append(variable)
        return .json(201, Self.render(variable))
    }

    private mutating func updateVariable(_ call: GitLabCall, in holder: Holder) throws -> SandboxResponse {
        let position = try position(ofVariable: call, in: holder)
        let present = self[contents: holder].variables
        var variable = present[position]
        try apply(call.arguments, to: &variable)
        var problems = problems(of: variable)
        if try !present[position].hidden && call.arguments.flag("masked_and_hidden") == true {
            problems.append(("base", "Only new variables can be set as masked and hidden."))
        }
        if variable.hidden, !variable.masked {
            problems.append(("base", "The visibility setting cannot be changed for masked and hidden variables."))
        }
        let others = present.enumerated().filter { $0.offset != position }.map(\.element)
        if others.contains(where: { $0.key == variable.key && $0.scope == variable.scope }) {
            problems.append(("key", "(\(variable.key)) has already been taken"))
        }
        guard problems.isEmpty else { throw GitLabFailure.validation(problems) }
        self[contents: holder].variables[position] = variable
        return .json(200, Self.render(variable))
    }

    private func apply(_ arguments: GitLabArguments, to variable: inout Variable) throws {
        variable.value = try arguments.text("value") ?? variable.value
        variable.type = try arguments.choice("variable_type", of: ["env_var", "file"]) ?? variable.type
        variable.scope = try arguments.text("environment_scope") ?? variable.scope
        variable.protected = try arguments.flag("protected") ?? variable.protected
        variable.masked = try arguments.flag("masked") ?? variable.masked
        variable.raw = try arguments.flag("raw") ?? variable.raw
        if arguments.has("description") { variable.description = try arguments.text("description") }
    }

    private func problems(of variable: Variable) -> [(field: String, text: String)] {
        var problems: [(field: String, text: String)] = []
        if variable.key.isEmpty { problems.append(("key", "can't be blank")) }
        if variable.key.count > 255 { problems.append(("key", "is too long (maximum is 255 characters)")) }
        if variable.key.wholeMatch(of: /[A-Za-z0-9_]*/) == nil {
            problems.append(("key", "can contain only letters, digits and '_'."))
        }
        if !Self.isScope(variable.scope) {
            problems.append(
                (
                    "environment_scope",
                    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '*' and spaces, but it cannot "
                        + "start or end with '/'"
                ))
        }
        if variable.masked, !Self.isMaskable(variable) { problems.append(("value", "is invalid")) }
        if let description = variable.description, description.count > 255 {
            problems.append(("description", "is too long (maximum is 255 characters)"))
        }
        return problems
    }

    static func isScope(_ scope: String) -> Bool {
        scope.wholeMatch(of: /[a-zA-Z0-9\-_\/${}.* ]{1,255}/) != nil && !scope.hasPrefix("/") && !scope.hasSuffix("/")
    }

    /// What the log's masking can find again: one line of at least 8 characters, without spaces.
    private static func isMaskable(_ variable: Variable) -> Bool {
        variable.raw
            ? variable.value.wholeMatch(of: /\S{8,}/) != nil
            : variable.value.wholeMatch(of: /[a-zA-Z0-9_+=\/@:.~\-]{8,}/) != nil
    }

    /// The one variable that the key and `filter[environment_scope]` name.
    ///
    /// - Throws: 404 when there is none, 409 when the key has several scopes and no filter is given.
    private func position(ofVariable call: GitLabCall, in holder: Holder) throws -> Int {
        let scope = try call.arguments.text("filter[environment_scope]")
        let key = call.parameter("key")
        let found = self[contents: holder].variables.indices.filter {
            let variable = self[contents: holder].variables[$0]
            return variable.key == key && (scope == nil || variable.scope == scope)
        }
        guard let first = found.first else {
            throw GitLabFailure.notFound(holder.kind == .group ? "GroupVariable" : "Variable")
        }
        guard found.count == 1 else {
            throw GitLabFailure.conflict(
                "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'")
        }
        return first
    }

    private static func render(_ variable: Variable) -> JSON {
        [
            "variable_type": .string(variable.type), "key": .string(variable.key),
            "value": variable.hidden ? .null : .string(variable.value), "protected": .bool(variable.protected),
            "masked": .bool(variable.masked), "hidden": .bool(variable.hidden), "raw": .bool(variable.raw),
            "environment_scope": .string(variable.scope),
            "description": variable.description.map(JSON.string) ?? .null,
        ]
    }
}
