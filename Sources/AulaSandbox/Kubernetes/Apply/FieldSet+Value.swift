import AulaModel

extension FieldSet {
    /// What applying `value` owns: its leaves, and each item of its keyed lists.
    init(applied value: JSON, _ type: FieldType) {
        switch Shape(type) {
        case .leaf: isMember = true
        case let shape where value.object != nil:
            for member in value.object?.members ?? [] {
                var set = FieldSet(applied: member.value, shape.member(member.key) ?? .any)
                if member.value.isNull || member.value.object?.isEmpty == true { set.isMember = true }
                if case .entries = shape { set.isMember = true }
                self["f:" + member.key] = set
            }
        case .items(let element, let rule):
            for item in value.array ?? [] {
                var set = FieldSet(applied: item, element)
                set.isMember = true
                self[KeyedItems.key(item, element, rule)] = set
            }
        default: break
        }
    }
}

/// What differs between two values, as sets of paths.
struct Comparison {
    private(set) var added = FieldSet()
    private(set) var modified = FieldSet()
    private(set) var removed = FieldSet()

    init(from old: JSON?, to new: JSON?, _ type: FieldType) {
        if old == new { return }
        let shape = Shape(type)
        if case .leaf = shape {
            mark(old, new)
            return
        }
        // Empty against empty or nothing is a leaf: it keeps the two apart.
        if old?.isHollow ?? true, new?.isHollow ?? true {
            mark(old, new)
            return
        }
        switch shape {
        case .leaf: break
        case .fields, .entries:
            let left = old?.object?.members ?? []
            let right = new?.object ?? JSONObject()
            for member in left {
                descend("f:" + member.key, member.value, right[member.key], shape.member(member.key) ?? .any)
            }
            let leftObject = old?.object ?? JSONObject()
            for member in right.members where leftObject[member.key] == nil {
                descend("f:" + member.key, nil, member.value, shape.member(member.key) ?? .any)
            }
        case .items(let element, let rule):
            let left = KeyedItems(old?.array ?? [], element, rule)
            let right = KeyedItems(new?.array ?? [], element, rule)
            for key in left.keys { descend(key, left.byKey[key], right.byKey[key], element) }
            for key in right.keys where left.byKey[key] == nil { descend(key, nil, right.byKey[key], element) }
        }
        if old == nil { added.isMember = true }
        if new == nil { removed.isMember = true }
    }

    private mutating func mark(_ old: JSON?, _ new: JSON?) {
        switch (old, new) {
        case (nil, nil): break
        case (nil, _): added.isMember = true
        case (_, nil): removed.isMember = true
        default: modified.isMember = true
        }
    }

    private mutating func descend(_ key: String, _ old: JSON?, _ new: JSON?, _ type: FieldType) {
        let inner = Comparison(from: old, to: new, type)
        if !inner.added.isEmpty { added[key] = inner.added }
        if !inner.modified.isEmpty { modified[key] = inner.modified }
        if !inner.removed.isEmpty { removed[key] = inner.removed }
    }
}
