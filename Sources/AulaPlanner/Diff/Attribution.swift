import AulaModel

/// Says who made a live object differ, where the file cannot have.
///
/// Every object carries the fingerprint of what aula applied last. While it is the blueprint's, neither the file nor
/// a template has changed since, so whatever differs was changed by somebody else.
enum Attribution {
    /// Stands for a field manager where the server recorded none.
    static let nobody = "somebody who left no name"

    /// Says it of things whose system tells only who changed a thing last.
    static func attributed(_ fields: [FieldChange], to managers: [FieldManager]) -> [FieldChange] {
        guard let last = managers.first else { return fields }
        return fields.map { field in
            var field = field
            field.cause = .drift(last.name)
            return field
        }
    }

    static func attributed(_ fields: [FieldChange], of resource: Resource, live: JSON) -> [FieldChange] {
        guard fields.contains(where: { $0.cause == .file }),
            let recorded = live[["metadata", "annotations", Resource.fingerprintAnnotation]]?.string,
            recorded == resource.fingerprint
        else { return fields }
        return fields.map { field in
            // A field that aula owns and does not ask for says nothing about anybody.
            guard field.cause == .file, field.new != nil || field.secret else { return field }
            var field = field
            field.cause = field.old == nil && !field.secret ? .takenAway : .drift(nobody)
            return field
        }
    }
}
