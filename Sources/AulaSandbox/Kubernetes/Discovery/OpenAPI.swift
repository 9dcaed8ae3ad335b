import AulaModel
import Crypto
import Foundation

/// The server's OpenAPI v3 documents, made from the table of kinds and the schema: what kubectl validates, merges and
/// explains by.
struct OpenAPI {
    let table: KindTable
    var schema = Schema.shared

    /// Nil where the path is none of OpenAPI's.
    func answer(_ request: SandboxRequest) -> SandboxResponse? {
        let words = request.segments
        guard words.prefix(2) == ["openapi", "v3"] else { return nil }
        if words.count == 2 { return .json(200, index) }
        let apiVersion = words.dropFirst(3).joined(separator: "/")
        guard ["api", "apis"].contains(words[2]), table.kinds.contains(where: { $0.apiVersion == apiVersion }) else {
            return nil
        }
        return .json(200, document(apiVersion))
    }

    private var apiVersions: [String] {
        table.kinds.map(\.apiVersion).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func path(_ apiVersion: String) -> String {
        (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion
    }

    private var index: JSON {
        let entries = apiVersions.map { apiVersion -> (String, JSON) in
            let path = Self.path(apiVersion)
            return (path, ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(Discovery.version)")])
        }
        return ["paths": .object(JSONObject(entries))]
    }

    func document(_ apiVersion: String) -> JSON {
        let kinds = table.kinds.filter { $0.apiVersion == apiVersion }
        var schemas = JSONObject()
        for kind in kinds {
            if let schema = kind.schema { schemas[customName(kind)] = custom(kind, schema, &schemas) }
            guard case .object(let index) = kind.type else { continue }
            add(index, to: &schemas, kinds: kinds)
        }
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string(Discovery.version)],
            "paths": .object(JSONObject(kinds.flatMap { paths($0) })),
            "components": ["schemas": .object(schemas)],
        ]
    }

    /// `io.example.v1.Widget`, as the server turns the group around.
    private func customName(_ kind: Kind) -> String {
        kind.group.split(separator: ".").reversed().joined(separator: ".") + ".\(kind.version).\(kind.name)"
    }

    private func custom(_ kind: Kind, _ schema: JSON, _ schemas: inout JSONObject) -> JSON {
        var body = schema
        if case .object(let index) = Schema.shared.type(named: "ObjectMeta") {
            add(index, to: &schemas, kinds: [])
            body[["properties", "metadata"]] = [
                "allOf": [["$ref": .string("#/components/schemas/" + name(index))]]
            ]
        }
        for name in ["apiVersion", "kind"] { body.setDefault(["properties", name], ["type": "string"]) }
        body["x-kubernetes-group-version-kind"] = [
            ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.name)]
        ]
        return body
    }

    /// Paths with the verbs that kubectl looks at: a PATCH that takes `fieldValidation`.
    private func paths(_ kind: Kind) -> [(String, JSON)] {
        guard kind.isStored else { return [] }
        let base =
            "/\(Self.path(kind.apiVersion))/" + (kind.isNamespaced ? "namespaces/{namespace}/" : "") + kind.plural
        let identity: JSON = [
            "group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.name),
        ]
        func operation(_ action: String, _ parameters: [String]) -> JSON {
            [
                "description": .string("\(action) \(kind.name)"),
                "operationId": .string("\(action)\(kind.group.replacing(".", with: ""))\(kind.version)\(kind.name)"),
                "parameters": .array(
                    parameters.map { ["name": .string($0), "in": "query", "schema": ["type": "string"]] }),
                "responses": ["200": ["description": "OK"]], "x-kubernetes-action": .string(action),
                "x-kubernetes-group-version-kind": identity,
            ]
        }
        let writing = ["dryRun", "fieldManager", "fieldValidation"]
        return [
            (
                base,
                ["get": operation("list", ["labelSelector", "fieldSelector"]), "post": operation("post", writing)]
            ),
            (
                base + "/{name}",
                [
                    "get": operation("get", []), "put": operation("put", writing),
                    "patch": operation("patch", writing + ["force"]), "delete": operation("delete", ["dryRun"]),
                ]
            ),
        ]
    }

    private func name(_ index: Int) -> String { "\(schema[index].package).\(schema[index].name)" }

    private func add(_ index: Int, to schemas: inout JSONObject, kinds: [Kind]) {
        let type = schema[index]
        guard schemas[name(index)] == nil else { return }
        schemas[name(index)] = .null
        var properties = JSONObject()
        for field in type.fields.values {
            properties[field.name] = property(field)
            for inner in Self.objects(field.type) { add(inner, to: &schemas, kinds: kinds) }
        }
        var body: JSON = ["type": "object"]
        let owner = kinds.first { $0.type == .object(index) }
        body["description"] = .string(owner?.summary.isEmpty == false ? owner?.summary ?? "" : Self.words(type.name))
        if type.isAtomic { body["x-kubernetes-map-type"] = "atomic" }
        if let owner {
            properties["apiVersion"] = ["type": "string", "description": "The version of this representation."]
            properties["kind"] = ["type": "string", "description": "The kind of this object."]
            body["x-kubernetes-group-version-kind"] = [
                ["group": .string(owner.group), "version": .string(owner.version), "kind": .string(owner.name)]
            ]
        }
        body["properties"] = .object(properties)
        schemas[name(index)] = body
    }

    private static func objects(_ type: FieldType) -> [Int] {
        switch type {
        case .object(let index): [index]
        case .list(let element, _), .map(let element, _): objects(element)
        default: []
        }
    }

    /// `terminationGracePeriodSeconds` as words: the sandbox's explanations are no more than that.
    private static func words(_ name: String) -> String {
        var text = ""
        for character in name {
            if character.isUppercase, let last = text.last, !last.isUppercase { text += " " }
            text.append(character)
        }
        return text
    }

    private func property(_ field: Field) -> JSON {
        var body = value(field.type)
        body["description"] = .string(Self.words(field.name))
        if let value = field.keyDefault { body["default"] = value }
        for (key, value) in Self.extensions(field) { body[key] = value }
        return body
    }

    /// The list and merge keys of a field, as OpenAPI extensions.
    static func extensions(_ field: Field) -> [(String, JSON)] {
        var found: [(String, JSON)] = []
        switch field.type {
        case .list(_, .atomic): found.append(("x-kubernetes-list-type", "atomic"))
        case .list(_, .set): found.append(("x-kubernetes-list-type", "set"))
        case .list(_, .map(let keys)):
            found.append(("x-kubernetes-list-type", "map"))
            found.append(("x-kubernetes-list-map-keys", .array(keys.map { .string($0) })))
        case .map(_, atomic: true): found.append(("x-kubernetes-map-type", "atomic"))
        default: break
        }
        if let key = field.patchMergeKey { found.append(("x-kubernetes-patch-merge-key", .string(key))) }
        let strategies = (field.patchMerges ? ["merge"] : []) + (field.patchRetainsKeys ? ["retainKeys"] : [])
        if !strategies.isEmpty {
            found.append(("x-kubernetes-patch-strategy", .string(strategies.joined(separator: ","))))
        }
        return found
    }

    private func value(_ type: FieldType) -> JSON {
        switch type {
        case .string: ["type": "string"]
        case .bytes: ["type": "string", "format": "byte"]
        case .time: ["type": "string", "format": "date-time"]
        case .integer: ["type": "integer", "format": "int32"]
        case .boolean: ["type": "boolean"]
        case .quantity: ["oneOf": [["type": "string"], ["type": "number"]]]
        case .intOrString: ["oneOf": [["type": "integer"], ["type": "string"]], "format": "int-or-string"]
        case .any, .custom: ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
        case .object(let index): ["allOf": [["$ref": .string("#/components/schemas/" + name(index))]]]
        case .list(let element, _): ["type": "array", "items": item(element)]
        case .map(let element, _): ["type": "object", "additionalProperties": item(element)]
        }
    }

    private func item(_ type: FieldType) -> JSON {
        guard case .object(let index) = type else { return value(type) }
        return ["$ref": .string("#/components/schemas/" + name(index))]
    }
}
