import AulaModel

/// What an update may not change.
enum Immutability {
    /// A uid that a patch or an apply brings and that is not the live object's.
    ///
    /// The server merges first and validates then, so this is 422 and no conflict (`ValidateObjectMetaAccessorUpdate`
    /// in k8s.io/apimachinery/pkg/api/validation/objectmeta.go, called by `BeforeUpdate`).
    static func identity(from old: JSON, to new: JSON) -> [FieldProblem] {
        guard !new.uid.isEmpty, new.uid != old.uid else { return [] }
        return [.invalid("metadata.uid", .string(new.uid), "field is immutable")]
    }

    static func problems(from old: JSON, to new: JSON, _ kind: Kind) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for field in kind.immutable {
            let before = old[field.path]
            let after = new[field.path]
            if before == after || (before == nil && field.maySetOnce) { continue }
            let value = field.showsGoNames ? goNames(after ?? .null) : after ?? .null
            let problem: FieldProblem =
                field.isForbidden
                ? .forbidden(field.path[0], field.message)
                : .invalid(field.path.joined(separator: "."), value, field.message)
            if !problems.contains(problem) { problems.append(problem) }
        }
        if old["immutable"] == true {
            for field in ["data", "binaryData"] where old[field] != new[field] {
                problems.append(.forbidden(field, "field is immutable when `immutable` is set"))
            }
            if new["immutable"] != true {
                problems.append(.forbidden("immutable", "field is immutable when `immutable` is set"))
            }
        }
        if kind.id == "services" { problems += serviceAddress(old, new) }
        if kind.id == "pods" { problems += podSpec(old, new) }
        if kind.id == "persistentvolumeclaims" {
            for problem in resizing(old, new) where !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    /// The server shows a role reference with its Go names: `{"APIGroup":…,"Kind":…,"Name":…}`.
    private static func goNames(_ value: JSON) -> JSON {
        .object(
            JSONObject(
                (value.object?.members ?? []).map { member in
                    let key =
                        member.key == "apiGroup"
                        ? "APIGroup" : member.key.prefix(1).uppercased() + member.key.dropFirst()
                    return (key, member.value)
                }))
    }

    private static func serviceAddress(_ old: JSON, _ new: JSON) -> [FieldProblem] {
        guard old[["spec", "type"]] != "ExternalName", new[["spec", "type"]] != "ExternalName",
            let before = old[["spec", "clusterIP"]], let after = new[["spec", "clusterIP"]], before != after
        else { return [] }
        return [.invalid("spec.clusterIPs[0]", [after], "may not change once set")]
    }

    /// Of a pod's spec only images, deadline and added tolerations may change.
    private static func podSpec(_ old: JSON, _ new: JSON) -> [FieldProblem] {
        func fixed(_ pod: JSON) -> JSON? {
            var spec = pod["spec"] ?? .null
            for list in ["containers", "initContainers"] { spec.editItems([list]) { $0["image"] = nil } }
            for field in ["activeDeadlineSeconds", "tolerations", "nodeName"] { spec[field] = nil }
            return spec
        }
        guard fixed(old) != fixed(new) else { return [] }
        return [
            .forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
                    + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
                    + "previously negative)")
        ]
    }

    /// A bound claim may ask for more, and for less only down to what it has not got yet; an unbound one stays.
    private static func resizing(_ old: JSON, _ new: JSON) -> [FieldProblem] {
        guard let before = storage(old), let after = storage(new), after != before else { return [] }
        if old[["status", "phase"]] != "Bound" { return [.forbidden("spec", ImmutableField.claimMessage)] }
        let had = old[["status", "capacity", "storage"]]?.string.flatMap(Quantity.init) ?? .zero
        guard after < before, after <= had else { return [] }
        return [.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity")]
    }

    static func storage(_ claim: JSON) -> Quantity? {
        claim[["spec", "resources", "requests", "storage"]]?.string.flatMap(Quantity.init)
    }
}
