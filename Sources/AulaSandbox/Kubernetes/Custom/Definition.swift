import AulaModel

/// A CustomResourceDefinition: the kinds that it brings, and what its own status says of it.
struct Definition {
    static let kindID = "customresourcedefinitions.apiextensions.k8s.io"
    static let finalizer = "customresourcecleanup.apiextensions.k8s.io"

    let object: JSON

    init(_ object: JSON) { self.object = object }

    var group: String { object[["spec", "group"]]?.string ?? "" }
    var names: JSON { object[["spec", "names"]] ?? [:] }
    var storeID: String { "\(names["plural"]?.string ?? "").\(group)" }

    var isEstablished: Bool {
        object.items("status", "conditions").contains { $0["type"] == "Established" && $0["status"] == "True" }
    }

    static func fill(_ object: inout JSON) {
        if let kind = object[["spec", "names", "kind"]]?.string {
            object.setDefault(["spec", "names", "singular"], .string(kind.lowercased()))
            object.setDefault(["spec", "names", "listKind"], .string(kind + "List"))
        }
        object.setDefault(["spec", "conversion"], ["strategy": "None"])
    }

    var firstStatus: JSON {
        let stored = object.items("spec", "versions").filter { $0["storage"] == true }.compactMap { $0["name"] }
        return ["acceptedNames": ["kind": "", "plural": ""], "conditions": [], "storedVersions": .array(stored)]
    }

    /// One kind for each version that is served, the preferred one first.
    var kinds: [Kind] {
        object.items("spec", "versions").filter { $0["served"] == true }.map(kind).sorted {
            Self.rank($0.version) > Self.rank($1.version)
        }
    }

    private func kind(_ version: JSON) -> Kind {
        let schema = version[["schema", "openAPIV3Schema"]] ?? [:]
        var kind = Kind(
            group: group, version: version["name"]?.string ?? "", plural: names["plural"]?.string ?? "",
            name: names["kind"]?.string ?? "", singular: names["singular"]?.string ?? "")
        kind.shortNames = names.strings("shortNames")
        kind.categories = names.strings("categories")
        kind.isNamespaced = object[["spec", "scope"]] == "Namespaced"
        kind.type = StructuralSchema(schema).type
        kind.schema = schema
        kind.isCustom = true
        kind.hasGeneration = true
        kind.demandsVersion = true
        kind.listName = names["listKind"]?.string
        kind.summary = schema["description"]?.string ?? ""
        kind.columns = version.items("additionalPrinterColumns").filter {
            $0["jsonPath"] != ".metadata.creationTimestamp"
        }
        .map(column)
        if version[["subresources", "status"]] != nil { kind.subresources.append(.status) }
        if let scale = version[["subresources", "scale"]] {
            kind.subresources.append(.scale)
            kind.scale = ScalePaths(
                replicas: Self.path(scale["specReplicasPath"]), status: Self.path(scale["statusReplicasPath"]),
                selector: Self.path(scale["labelSelectorPath"]))
        }
        return kind
    }

    private func column(_ column: JSON) -> TableColumn {
        let path = Self.path(column["jsonPath"])
        return TableColumn(
            name: column["name"]?.string ?? "", type: column["type"]?.string ?? "string",
            priority: column["priority"]?.int ?? 0, description: column["description"]?.string ?? "",
            format: column["format"]?.string ?? ""
        ) { Self.value(path[...], in: $0) ?? .null }
    }

    /// `.spec.replicas` as its steps; `.status.conditions[?(@.type=="Ready")].status` keeps the choice as a step.
    private static func path(_ text: JSON?) -> [String] {
        var steps: [String] = []
        var step = ""
        var depth = 0
        for character in text?.string ?? "" {
            if character == "[" { depth += 1 }
            if depth == 0, character == "." {
                if !step.isEmpty { steps.append(step) }
                step = ""
            } else if depth == 1, character == "[" {
                if !step.isEmpty { steps.append(step) }
                step = "["
            } else {
                step.append(character)
            }
            if character == "]" { depth -= 1 }
        }
        return step.isEmpty ? steps : steps + [step]
    }

    private static func value(_ path: ArraySlice<String>, in value: JSON) -> JSON? {
        guard let step = path.first else { return value }
        let rest = path.dropFirst()
        guard step.hasPrefix("[") else { return value[step].flatMap { Self.value(rest, in: $0) } }
        let items = value.array ?? []
        if let index = Int(step.dropFirst().dropLast()) {
            return items.indices.contains(index) ? Self.value(rest, in: items[index]) : nil
        }
        guard let choice = step.firstMatch(of: /@\.(\w+)\s*==\s*["'](.*?)["']/) else {
            return items.first.flatMap { Self.value(rest, in: $0) }
        }
        return items.first { $0[String(choice.1)]?.string == String(choice.2) }.flatMap { Self.value(rest, in: $0) }
    }

    /// Kubernetes' order of versions: v2 before v1 before v1beta1 before v1alpha1.
    private static func rank(_ version: String) -> [Int] {
        guard let parts = version.firstMatch(of: /^v(\d+)(?:(alpha|beta)(\d+))?$/) else { return [0] }
        let stage = parts.2.map { $0 == "beta" ? 2 : 1 } ?? 3
        return [stage, Int(parts.1) ?? 0, parts.3.flatMap { Int($0) } ?? 0]
    }
}

private func > (left: [Int], right: [Int]) -> Bool { right.lexicographicallyPrecedes(left) }

/// What the server demands of a definition beyond its single fields.
enum DefinitionRules {
    static func problems(_ object: JSON) -> [FieldProblem] {
        let definition = Definition(object)
        var problems: [FieldProblem] = []
        if object.name != definition.storeID, !object.name.isEmpty {
            problems.append(
                .invalid("metadata.name", .string(object.name), "must be spec.names.plural+\".\"+spec.group"))
        }
        let isProtected = ["k8s.io", "kubernetes.io"].contains {
            definition.group == $0 || definition.group.hasSuffix(".\($0)")
        }
        if isProtected, object.annotation("api-approved.kubernetes.io")?.isEmpty ?? true {
            problems.append(
                .required(
                    "metadata.annotations[api-approved.kubernetes.io]",
                    "protected groups must have approval annotation \"api-approved.kubernetes.io\", see "
                        + "https://github.com/kubernetes/enhancements/pull/1111"))
        }
        if !definition.group.isEmpty, !definition.group.contains(".") {
            problems.append(
                .invalid("spec.group", .string(definition.group), "should be a domain with at least one dot"))
        }
        for (index, version) in object.items("spec", "versions").enumerated() {
            let field = "spec.versions[\(index)].schema.openAPIV3Schema"
            guard let schema = version[["schema", "openAPIV3Schema"]] else { continue }
            if schema["type"] == nil {
                problems.append(.required("\(field).type", "must not be empty at the root"))
            } else if schema["type"] != "object" {
                problems.append(.invalid("\(field).type", schema["type"] ?? "", "must be object at the root"))
            }
            problems += untyped(schema, field)
        }
        return problems
    }

    /// A structural schema says a type wherever it describes a value.
    private static func untyped(_ schema: JSON, _ field: String) -> [FieldProblem] {
        var inner = schema.members("properties").map { ($0.value, "\(field).properties[\($0.key)]", "object fields") }
        if let items = schema["items"] { inner.append((items, "\(field).items", "array items")) }
        if let values = schema["additionalProperties"], values.object != nil {
            inner.append((values, "\(field).additionalProperties", "object fields"))
        }
        return inner.flatMap { value, place, what -> [FieldProblem] in
            let isFree =
                value["x-kubernetes-int-or-string"] == true || value["x-kubernetes-preserve-unknown-fields"] == true
            guard value["type"] == nil, !isFree else { return untyped(value, place) }
            return [.required("\(place).type", "must not be empty for specified \(what)")]
        }
    }

    static func storageProblems(_ versions: JSON, _ field: String) -> [FieldProblem] {
        (versions.array ?? []).filter { $0["storage"] == true }.count == 1
            ? [] : [.invalid(field, versions, "must have exactly one version marked as storage version")]
    }
}
