import AulaModel

/// Merging and pruning by the rules of server-side apply.
enum Merging {
    /// `live` with everything that `applied` says laid over it.
    static func merge(_ live: JSON?, _ applied: JSON, _ type: FieldType) -> JSON {
        guard let live, !live.isNull else { return applied }
        let shape = Shape(type)
        switch (shape, live, applied) {
        case (.fields, .object(var object), .object(let patch)), (.entries, .object(var object), .object(let patch)):
            for member in patch.members {
                object[member.key] = merge(object[member.key], member.value, shape.member(member.key) ?? .any)
            }
            return .object(object)
        case (.items(let element, let rule), .array(let old), .array(let new)):
            return .array(items(old, new, element, rule))
        default: return applied
        }
    }

    /// The applied items in their order; those that only the live list has stay where they were among them.
    private static func items(_ old: [JSON], _ new: [JSON], _ element: FieldType, _ rule: ListRule) -> [JSON] {
        let live = KeyedItems(old, element, rule)
        let applied = KeyedItems(new, element, rule)
        var result: [JSON] = []
        var done: Set<String> = []
        var position = 0
        func takeForeign() {
            while position < live.keys.count, applied.byKey[live.keys[position]] == nil {
                if let item = live.byKey[live.keys[position]] { result.append(item) }
                position += 1
            }
        }
        takeForeign()
        for key in applied.keys where done.insert(key).inserted {
            guard let item = applied.byKey[key] else { continue }
            result.append(merge(live.byKey[key], item, element))
            if position < live.keys.count, live.keys[position] == key {
                position += 1
                takeForeign()
            }
        }
        while position < live.keys.count {
            if applied.byKey[live.keys[position]] == nil, let item = live.byKey[live.keys[position]] {
                result.append(item)
            }
            position += 1
        }
        return result
    }

    /// `value` without what `last`, the applying manager's former set, owned and nobody in `owned` owns any more.
    static func prune(_ value: JSON, last: FieldSet, owned: FieldSet, _ type: FieldType) -> JSON {
        let shape = Shape(type)
        switch (shape, value) {
        case (.fields, .object(let object)), (.entries, .object(let object)):
            var result = object
            for child in last.children where child.key.hasPrefix("f:") {
                let name = String(child.key.dropFirst(2))
                guard let member = object[name] else { continue }
                result[name] = pruned(
                    member, last: child.set, owned: owned[child.key], shape.member(name) ?? .any)
            }
            return .object(result)
        case (.items(let element, let rule), .array(let items)):
            return .array(
                items.compactMap { item in
                    let key = KeyedItems.key(item, element, rule)
                    guard let mine = last[key] else { return item }
                    return pruned(item, last: mine, owned: owned[key], element)
                })
        default: return value
        }
    }

    private static func pruned(_ value: JSON, last: FieldSet, owned: FieldSet?, _ type: FieldType) -> JSON? {
        guard let owned else {
            if last.isMember { return nil }
            let rest = prune(value, last: last, owned: FieldSet(), type)
            return rest.isHollow && !value.isHollow ? nil : rest
        }
        let rest = prune(value, last: last, owned: owned, type)
        return rest.isHollow && !value.isHollow && !owned.isMember ? nil : rest
    }
}
