import AulaModel

extension JSON {
    /// Sets `value` where nothing is yet.
    mutating func setDefault(_ path: [String], _ value: @autoclosure () -> JSON) {
        if self[path] == nil { self[path] = value() }
    }

    /// Changes each item of the list at `path`, where there is one.
    mutating func editItems(_ path: [String], _ edit: (inout JSON) -> Void) {
        guard var items = self[path]?.array else { return }
        for index in items.indices { edit(&items[index]) }
        self[path] = .array(items)
    }

    /// Changes the value at `path`, where there is one.
    mutating func edit(_ path: [String], _ edit: (inout JSON) -> Void) {
        guard var value = self[path] else { return }
        edit(&value)
        self[path] = value
    }

    /// The strings of the list at `path`.
    func strings(_ path: String...) -> [String] { (self[path]?.array ?? []).compactMap(\.string) }

    /// The members of the object at `path`.
    func members(_ path: String...) -> [JSONObject.Member] { self[path]?.object?.members ?? [] }

    /// The items of the list at `path`.
    func items(_ path: String...) -> [JSON] { self[path]?.array ?? [] }
}
