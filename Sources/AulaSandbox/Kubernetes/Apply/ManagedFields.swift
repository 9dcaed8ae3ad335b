import AulaModel

/// Who owns which fields of an object: its `metadata.managedFields`.
struct ManagedFields: Hashable, Sendable {
    /// One writer's identity; the same name applying and updating is two writers.
    struct Writer: Hashable, Sendable {
        var manager: String
        var isApply: Bool
        var apiVersion: String
        var subresource = ""
    }

    struct Entry: Hashable, Sendable {
        var writer: Writer
        var time: String
        var set: FieldSet
    }

    var entries: [Entry] = []

    init() {}

    init(json: JSON?) {
        entries = (json?.array ?? []).map { entry in
            Entry(
                writer: Writer(
                    manager: entry["manager"]?.string ?? "", isApply: entry["operation"]?.string == "Apply",
                    apiVersion: entry["apiVersion"]?.string ?? "", subresource: entry["subresource"]?.string ?? ""),
                time: entry["time"]?.string ?? "", set: FieldSet(json: entry["fieldsV1"] ?? .null))
        }
    }

    /// Sorted as the server sorts, applies first, then by time and name; nil without entries.
    var json: JSON? {
        guard !entries.isEmpty else { return nil }
        let sorted = entries.sorted { left, right in
            if left.writer.isApply != right.writer.isApply { return left.writer.isApply }
            return (left.time, left.writer.manager, left.writer.apiVersion, left.writer.subresource)
                < (right.time, right.writer.manager, right.writer.apiVersion, right.writer.subresource)
        }
        return .array(
            sorted.map { entry in
                var members: [JSONObject.Member] = [
                    .init(key: "apiVersion", value: .string(entry.writer.apiVersion)),
                    .init(key: "fieldsType", value: "FieldsV1"),
                    .init(key: "fieldsV1", value: entry.set.json),
                    .init(key: "manager", value: .string(entry.writer.manager)),
                    .init(key: "operation", value: entry.writer.isApply ? "Apply" : "Update"),
                    .init(key: "time", value: .string(entry.time)),
                ]
                if !entry.writer.subresource.isEmpty {
                    members.append(.init(key: "subresource", value: .string(entry.writer.subresource)))
                }
                return .object(JSONObject(uniqueMembers: members))
            })
    }

    func set(of writer: Writer) -> FieldSet? { entries.first { $0.writer == writer }?.set }

    /// The set of `writer` is now `set`; the time moves only when the set did.
    mutating func replace(_ writer: Writer, with set: FieldSet, time: String) {
        if let index = entries.firstIndex(where: { $0.writer == writer }) {
            if set.isEmpty {
                entries.remove(at: index)
            } else if entries[index].set != set {
                entries[index].set = set
                entries[index].time = time
            }
        } else if !set.isEmpty {
            entries.append(Entry(writer: writer, time: time, set: set))
        }
    }

    /// Takes `sets` from every writer but `writer`.
    mutating func remove(_ set: FieldSet, exceptFrom writer: Writer) {
        guard !set.isEmpty else { return }
        for index in entries.indices.reversed() where entries[index].writer != writer {
            entries[index].set.subtract(set)
            if entries[index].set.isEmpty { entries.remove(at: index) }
        }
    }

    var owned: FieldSet { entries.reduce(into: FieldSet()) { $0.formUnion($1.set) } }
}
