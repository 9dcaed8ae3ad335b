import AulaModel

/// What there is to say about the keys of a cohort file: for `explain`, for the reference page, for editors.
package enum CohortReference {
    /// A key with where it stands, such as `azure.cluster.nodes`, `groups[].members` or `components.NAME.image`.
    package struct Entry: Sendable {
        package var path: String
        package var key: KeyDeclaration
    }

    /// Every key, in the order in which a person would write them.
    package static var all: [Entry] { entries(of: CohortKeys.set, in: "") }

    /// The keys right inside of what a path names; those of the whole file for the empty path.
    package static func keys(in path: String) -> [KeyDeclaration]? {
        path.isEmpty ? CohortKeys.set.keys : entry(path)?.key.type.keySet?.keys
    }

    /// The key that a user means by a path: indices and the names of components may stand in it or not.
    package static func entry(_ path: String) -> Entry? {
        let wanted = words(path)
        return all.first { words($0.path) == wanted }
            ?? all.first { entry in
                let known = entry.path.split(whereSeparator: { ".[]".contains($0) }).map(String.init)
                return known.count == wanted.count && zip(known, wanted).allSatisfy { $0 == $1 || $0 == "NAME" }
            }
    }

    /// The known path that is nearest to one that is not.
    package static func meant(by path: String) -> String? {
        Spelling.nearest(to: path, among: all.map(\.path))
            ?? Spelling.nearest(to: words(path).last ?? "", among: all.map(\.key.name)).flatMap { name in
                all.first { $0.key.name == name }?.path
            }
    }

    private static func entries(of set: KeySet, in path: String) -> [Entry] {
        set.keys.flatMap { key in
            let own = path.isEmpty ? key.name : "\(path).\(key.name)"
            let (inner, suffix) = inside(key.type)
            return [Entry(path: own, key: key)] + (inner.map { entries(of: $0, in: own + suffix) } ?? [])
        }
    }

    /// The keys inside a type, and what leads to them in a path.
    private static func inside(_ type: ValueType) -> (KeySet?, String) {
        switch type {
        case .list(let inner, _): (inside(inner).0, "[]" + inside(inner).1)
        case .names(_, let inner): (inside(inner).0, ".NAME" + inside(inner).1)
        case .either(let types): types.lazy.map(inside).first { $0.0 != nil } ?? (nil, "")
        default: (type.keySet, "")
        }
    }

    /// A path's words without what stands for any name.
    private static func words(_ path: String) -> [String] {
        path.split(whereSeparator: { ".[]".contains($0) }).map(String.init).filter {
            $0 != "NAME" && !$0.allSatisfy(\.isNumber)
        }
    }
}

extension KeyDeclaration {
    /// What holds where the file does not write the key, for a table.
    package var standardText: String {
        switch standard {
        case .required: "required"
        case .none: "none"
        case .value(let value): "`\(value.string ?? value.text)`"
        case .derived(let words): words
        }
    }
}
