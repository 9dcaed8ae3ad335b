import AulaModel
import AulaSandbox
import AulaYAML

/// The forms of answers in GitLab's OpenAPI document, read loosely: it types numbers and flags as strings.
struct OpenAPIForms {
    private let document: JSON

    /// What the document asks for and only some editions or settings answer.
    private static let optional: Set<String> = [
        "custom_attributes", "override", "email", "group_saml_identity", "group_scim_identity", "member_role",
        "is_using_seat", "public_email", "key", "value", "auto_rollback_enabled", "inputs", "last_pipeline",
        "variables",
        "resource_access_id", "last_used_ips", "granular", "granular_scopes", "trailers", "extended_trailers",
        "unprotect_access_levels", "provider_gcp",
    ]

    /// - Throws: `DiagnosticError` for what is no YAML.
    init(yaml: String) throws {
        let (root, problems) = YAML.document(in: SourceFile(path: "openapi.yaml", text: yaml))
        guard let root else { throw DiagnosticError(problems) }
        document = JSON(root)
    }

    /// What is wrong with an answer by its form; nil where the document has no form for it.
    func problems(_ method: String, path: String, _ answer: JSON) -> [String]? {
        let segments = path.split(separator: "?")[0].split(separator: "/").map(String.init)
        let found = document["paths"]?.object?.members.first { member in
            let pattern = member.key.split(separator: "/").map(String.init)
            guard pattern.count == segments.count, member.value[method.lowercased()] != nil else { return false }
            return zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let responses = found?.value[method.lowercased()]?["responses"]?.object?.members ?? []
        let schema = responses.first { $0.key.hasPrefix("2") }?.value["schema"]
        guard let reference = schema?["$ref"]?.string ?? schema?[["items", "$ref"]]?.string else { return nil }
        return (answer.array ?? [answer]).flatMap { problems(reference, $0, isWhole: true) }
    }

    /// A form inside another is often a shorter one than the document says, so it need not be whole.
    private func problems(_ reference: String, _ answer: JSON, isWhole: Bool) -> [String] {
        let name = reference.replacing("#/definitions/", with: "")
        let properties = document[["definitions", name, "properties"]]?.object?.members ?? []
        return properties.flatMap { property -> [String] in
            guard let value = answer[property.key] else {
                let isSmall = isWhole && properties.count <= 20 && !Self.optional.contains(property.key)
                return isSmall ? ["\(name).\(property.key) is missing"] : []
            }
            if value == .null { return [] }
            if let reference = property.value["$ref"]?.string {
                guard value.object != nil || value.array != nil else { return ["\(name).\(property.key) is no object"] }
                return (value.array ?? [value]).flatMap { problems(reference, $0, isWhole: false) }
            }
            switch property.value["type"]?.string {
            case "array": return value.array == nil ? ["\(name).\(property.key) is no list"] : []
            case "string", "integer", "boolean":
                return value.object == nil ? [] : ["\(name).\(property.key) is an object"]
            default: return []
            }
        }
    }
}
