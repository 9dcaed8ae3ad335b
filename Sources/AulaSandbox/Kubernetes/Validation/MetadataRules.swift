import AulaModel

/// What holds for the metadata of every object.
enum MetadataRules {
    static func problems(_ object: JSON, _ kind: Kind) -> [FieldProblem] {
        guard kind.isStored else { return [] }
        var problems: [FieldProblem] = []
        let rule = NameRule.of(kind)
        if let prefix = object[["metadata", "generateName"]]?.string, !prefix.isEmpty {
            let stem = prefix.hasSuffix("-") ? prefix.dropLast() + "x" : prefix[...]
            if !rule.accepts(String(stem)) {
                problems.append(.invalid("metadata.generateName", .string(prefix), rule.message))
            }
        }
        if object.name.isEmpty {
            problems.append(.required("metadata.name", "name or generateName is required"))
        } else if !rule.accepts(object.name) {
            let isLong = object.name.utf8.count > rule.maximum
            let words = isLong ? "must be no more than \(rule.maximum) characters" : rule.message
            problems.append(.invalid("metadata.name", .string(object.name), words))
        }
        problems += labels(object.labels, "metadata.labels")
        let annotations = object.members("metadata", "annotations")
        for member in annotations where !NameRule.qualified.accepts(member.key.lowercased()) {
            problems.append(.invalid("metadata.annotations", .string(member.key), NameRule.qualified.message))
        }
        let size = annotations.reduce(0) { $0 + $1.key.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        if size > 262_144 { problems.append(.tooLong("metadata.annotations", 262_144)) }
        problems += owners(object)
        for (index, finalizer) in object.finalizers.enumerated() {
            let field = "metadata.finalizers[\(index)]"
            if !NameRule.qualified.accepts(finalizer) {
                problems.append(.invalid(field, .string(finalizer), NameRule.qualified.message))
            } else if !finalizer.contains("/"), !standardFinalizers.contains(finalizer), !kind.isCustom {
                problems.append(
                    .invalid(
                        field, .string(finalizer),
                        "name is neither a standard finalizer name nor is it fully qualified"))
            }
        }
        return problems
    }

    private static let standardFinalizers = [
        "kubernetes", "orphan", "foregroundDeletion", "customresourcecleanup.apiextensions.k8s.io",
    ]

    static func labels(_ labels: JSON?, _ field: String) -> [FieldProblem] {
        (labels?.object?.members ?? []).compactMap { member in
            let value = member.value.string ?? ""
            if !NameRule.qualified.accepts(member.key) {
                return .invalid(field, .string(member.key), NameRule.qualified.message)
            }
            if value.utf8.count > 63 { return .invalid(field, .string(value), "must be no more than 63 bytes") }
            guard !value.isEmpty, value.contains("/") || !NameRule.qualified.accepts(value) else { return nil }
            return .invalid(
                field, .string(value),
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                    + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex "
                    + "used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
        }
    }

    private static func owners(_ object: JSON) -> [FieldProblem] {
        let owners = object.items("metadata", "ownerReferences")
        var problems: [FieldProblem] = []
        for (index, owner) in owners.enumerated() {
            for (name, words) in [
                ("apiVersion", "version must not be empty"), ("kind", ""), ("name", ""), ("uid", ""),
            ] where owner[name]?.string?.isEmpty ?? true {
                let field = "metadata.ownerReferences[\(index)].\(name)"
                problems.append(
                    words.isEmpty ? .required(field, "must not be empty") : .invalid(field, owner[name] ?? "", words))
            }
        }
        let controllers = owners.filter { $0["controller"] == true }.map { owner in
            "\(owner["kind"]?.string ?? "")/\(owner["name"]?.string ?? "")"
        }
        if controllers.count > 1 {
            problems.append(
                .invalid(
                    "metadata.ownerReferences", .array(owners),
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                        + "\(controllers[0]) and \(controllers[1])"))
        }
        return problems
    }

    /// What an update may not do to the metadata.
    static func changes(from old: JSON, to new: JSON) -> [FieldProblem] {
        guard old.isBeingDeleted else { return [] }
        let added = new.finalizers.filter { !old.finalizers.contains($0) }
        guard !added.isEmpty else { return [] }
        let list = added.map { JSON.string($0).text }.joined(separator: ", ")
        let problem = FieldProblem.forbidden(
            "metadata.finalizers",
            "no new finalizers can be added if the object is being deleted, found new finalizers []string{\(list)}")
        // The server looks twice, before the update and with the kind's own rules.
        return [problem, problem]
    }
}
