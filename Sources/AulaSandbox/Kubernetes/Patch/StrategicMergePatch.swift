import AulaModel

/// Kubernetes' strategic merge patch: lists merge by key where the schema says so, `$patch` and `$deleteFromPrimitiveList`
/// direct it.
enum StrategicMergePatch {
    static func apply(_ patch: JSON, to target: JSON, _ type: FieldType) -> JSON {
        object(patch.object ?? JSONObject(), target, type)
    }

    private static func object(_ patch: JSONObject, _ target: JSON, _ type: FieldType) -> JSON {
        if patch["$patch"] == "replace" {
            return .object(JSONObject(patch.members.filter { $0.key != "$patch" }.map { ($0.key, $0.value) }))
        }
        var fields: [String: Field] = [:]
        var element = FieldType.any
        switch type {
        case .object, .custom: fields = type.object?.fields ?? [:]
        case .map(let entry, _): element = entry
        default: break
        }
        var result = target.object ?? JSONObject()
        if let kept = patch["$retainKeys"]?.array?.compactMap(\.string) {
            for key in result.keys where !kept.contains(key) { result[key] = nil }
        }
        for member in patch.members {
            if member.key == "$patch" || member.key == "$retainKeys" || member.key.hasPrefix("$setElementOrder/") {
                continue
            }
            if member.key.hasPrefix("$deleteFromPrimitiveList/") {
                let name = String(member.key.dropFirst("$deleteFromPrimitiveList/".count))
                let gone = member.value.array ?? []
                result[name] = .array((result[name]?.array ?? []).filter { !gone.contains($0) })
                continue
            }
            let field = fields[member.key]
            result[member.key] = value(
                member.value, result[member.key], field?.type ?? element, field,
                order: patch["$setElementOrder/\(member.key)"]?.array)
        }
        for member in patch.members where member.key.hasPrefix("$setElementOrder/") {
            let name = String(member.key.dropFirst("$setElementOrder/".count))
            guard patch[name] == nil, let field = fields[name], let items = result[name]?.array,
                let order = member.value.array
            else { continue }
            result[name] = .array(ordered(items, by: order, field.patchMergeKey))
        }
        return .object(result)
    }

    private static func value(
        _ patch: JSON, _ target: JSON?, _ type: FieldType, _ field: Field?, order: [JSON]?
    ) -> JSON? {
        switch patch {
        case .null: return nil
        case .object(let members):
            if members["$patch"] == "delete" { return nil }
            return object(members, target ?? .object(JSONObject()), type)
        case .array(let items):
            guard let field, field.patchMerges, case .list(let element, _) = type else { return patch }
            let merged = list(items, target?.array ?? [], element, field.patchMergeKey)
            return .array(order.map { ordered(merged, by: $0, field.patchMergeKey) } ?? merged)
        default: return patch
        }
    }

    private static func list(_ patch: [JSON], _ target: [JSON], _ element: FieldType, _ key: String?) -> [JSON] {
        guard let key else { return target + patch.filter { !target.contains($0) } }
        if patch.contains(where: { $0["$patch"] == "replace" }) {
            return patch.filter { $0["$patch"] == nil }
        }
        var result = target
        for item in patch {
            let index = result.firstIndex { $0[key] == item[key] }
            if item["$patch"] == "delete" {
                if let index { result.remove(at: index) }
            } else if let index {
                result[index] = object(item.object ?? JSONObject(), result[index], element)
            } else {
                result.append(object(item.object ?? JSONObject(), .object(JSONObject()), element))
            }
        }
        return result
    }

    /// The named items in the order given; the others stay behind the item that they followed.
    private static func ordered(_ items: [JSON], by order: [JSON], _ key: String?) -> [JSON] {
        func identity(_ item: JSON) -> JSON? { key.map { item[$0] ?? .null } ?? item }
        let wanted = order.map(identity)
        let named = items.filter { wanted.contains(identity($0)) }.sorted { left, right in
            (wanted.firstIndex(of: identity(left)) ?? 0) < (wanted.firstIndex(of: identity(right)) ?? 0)
        }
        var next = named.makeIterator()
        return items.compactMap { wanted.contains(identity($0)) ? next.next() : $0 }
    }
}
