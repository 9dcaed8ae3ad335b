import AulaModel

/// One object of a template, compiled.
struct Manifest: Sendable {
    /// A secret field that is born with its object.
    struct Generated: Sendable {
        var field: GeneratedField
        var conditions: [Program.Condition]
    }

    var position: SourcePosition
    var kind: KubernetesKind
    var body: Program
    /// The same object where a pipeline decides image and replicas; nil where the object has neither.
    var handedOver: Program?
    /// What is written once before `handedOver`: the least that the API server takes, with image and replicas.
    var initial: Program?
    var lateFields: [LateFieldProgram] = []
    var generated: [Generated] = []
    var dependsOn: [AddressProgram] = []
    var replacedWith: [AddressProgram] = []
    var holdsData = false
    /// Bytes of text in the manifest itself, roughly.
    var weight = 0
}

extension Program {
    /// The members of a mapping that are written in the template.
    var members: [(key: Key, value: Program)] {
        switch self {
        case .constant(let value):
            value.object?.members.map { (key: .constant($0.key), value: .constant($0.value)) } ?? []
        case .object(let members): members
        default: []
        }
    }

    /// The mapping with one member changed; `change` gets what was there.
    func changing(_ path: ArraySlice<String>, _ change: (Program?) -> Program?) -> Program {
        guard let key = path.first else { return change(self) ?? self }
        if case .when(let condition, let inner) = self { return .when(condition, inner.changing(path, change)) }
        let old = self[key]
        let new = path.count == 1 ? change(old) : (old ?? .constant([:])).changing(path.dropFirst(), change)
        var members = members.filter { if case .constant(key) = $0.key { false } else { true } }
        if let new { members.append((.constant(key), new)) }
        return .object(folding: members)
    }

    /// A mapping of constants keys.
    static func mapping(_ members: [(String, Program?)]) -> Program {
        .object(folding: members.compactMap { key, value in value.map { (.constant(key), $0) } })
    }
}
