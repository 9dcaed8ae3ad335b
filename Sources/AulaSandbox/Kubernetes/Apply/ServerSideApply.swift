import AulaModel

/// A field that an apply would change and another manager owns.
struct ApplyConflict: Hashable, Sendable {
    let entry: ManagedFields.Entry
    let path: String

    /// As messages name the other manager.
    var manager: String {
        var text = JSON.string(entry.writer.manager).text
        if !entry.writer.subresource.isEmpty { text += " with subresource \"\(entry.writer.subresource)\"" }
        return entry.writer.isApply ? text : "\(text) using \(entry.writer.apiVersion) at \(entry.time)"
    }
}

/// Server-side apply and the ownership that other writes leave behind.
enum ServerSideApply {
    enum Outcome {
        case merged(JSON, ManagedFields)
        case conflicts([ApplyConflict])
    }

    /// Lays `applied` over `live`: takes what it names, drops what this writer named last time and no longer.
    static func apply(
        _ applied: JSON, to live: JSON, _ type: FieldType, writer: ManagedFields.Writer, force: Bool, time: String
    ) -> Outcome {
        var managed = ManagedFields(json: live[["metadata", "managedFields"]])
        let set = FieldSet(applied: applied, type).ownable
        let last = managed.set(of: writer)
        var merged = Merging.merge(live, applied, type)
        if let last, last != set {
            let others = managed.entries.filter { $0.writer != writer }.reduce(into: set) { $0.formUnion($1.set) }
            merged = Merging.prune(merged, last: last, owned: others, type)
        }
        let change = Comparison(from: live, to: merged, type)
        let touched = change.modified.union(change.added)
        let conflicts = managed.entries.filter { $0.writer != writer }.flatMap { entry in
            entry.set.intersection(touched).paths.map { ApplyConflict(entry: entry, path: $0) }
        }
        if !conflicts.isEmpty, !force { return .conflicts(conflicts) }
        managed.remove(touched, exceptFrom: writer)
        managed.remove(change.removed, exceptFrom: writer)
        managed.replace(writer, with: set, time: time)
        return .merged(merged, managed)
    }

    /// What `writer` owns after changing `old` into `new` by any other way than an apply.
    static func update(
        from old: JSON, to new: JSON, _ type: FieldType, managed before: ManagedFields,
        writer: ManagedFields.Writer, time: String
    ) -> ManagedFields {
        var managed = before
        let change = Comparison(from: old, to: new, type)
        let touched = change.modified.union(change.added)
        managed.remove(touched, exceptFrom: writer)
        managed.remove(change.removed, exceptFrom: writer)
        var set = managed.set(of: writer) ?? FieldSet()
        set.subtract(change.removed)
        set.formUnion(touched.ownable)
        managed.replace(writer, with: set, time: time)
        return managed
    }

    /// The object before it existed, as the server's own types write it: `{"spec": {"strategy": {}}}`.
    static func blank(_ type: FieldType) -> JSON {
        guard let object = type.object else { return .object(JSONObject()) }
        return .object(
            JSONObject(
                object.always.compactMap { field in
                    switch field.type {
                    case .object: (field.name, blank(field.type))
                    case .list, .map: (field.name, .null)
                    default: nil
                    }
                }))
    }
}
