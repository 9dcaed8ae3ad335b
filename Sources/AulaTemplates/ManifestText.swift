package import AulaModel
import AulaYAML

/// A Kubernetes object as the YAML that a person would write: deterministic, secrets left out.
package enum ManifestText {
    /// The object, and in comments in front of it what aula fills in or writes only once.
    ///
    /// - Throws: an error, should an object be beyond YAML.
    package static func yaml(of resource: Resource) throws -> String {
        var comments: [String] = []
        for field in resource.lifecycle.generated {
            comments.append("\(field.path.joined(separator: ".")): made once, \(field.length) characters")
        }
        for field in resource.late {
            comments.append("\(field.path.joined(separator: ".")): \(describe(field.value))")
        }
        if let initial = resource.lifecycle.initial {
            comments.append("written once, then left to the pipeline: \(handedOver(initial).joined(separator: ", "))")
        }
        for other in resource.lifecycle.replacedWith { comments.append("made again with \(other)") }
        let body = try YAML.text(of: resource.body, first: ["apiVersion", "kind", "metadata", "name"])
        return comments.map { "# \($0)\n" }.joined() + body
    }

    private static func describe(_ value: LateValue) -> String {
        switch value {
        case .text(let text): text
        case .given: ""
        case .memory(let members): "<numbers of \(members.count) groups and projects>"
        case .output(let address, let field): "<\(address) \(field)>"
        case .joined(let parts): parts.map(describe).joined()
        case .base64(let inner): "base64(\(describe(inner)))"
        }
    }

    private static func handedOver(_ initial: JSON) -> [String] {
        var result: [String] = []
        func walk(_ value: JSON) {
            for member in value.object?.members ?? [] {
                if member.key == "replicas", let count = member.value.int { result.append("replicas \(count)") }
                if member.key == "image", let image = member.value.string { result.append("image \(image)") }
                walk(member.value)
            }
            for item in value.array ?? [] { walk(item) }
        }
        walk(initial)
        return result
    }
}
