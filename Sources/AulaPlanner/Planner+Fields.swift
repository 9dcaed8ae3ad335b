import AulaModel
import OrderedCollections

extension Planner {
    /// Written with the mark of what was adopted, and part of no manifest.
    private static let annotationsOfMark = ["aula.dev/origin", Resource.fingerprintAnnotation].map {
        ["metadata", "annotations", $0]
    }

    /// The fields that differ, late ones included.
    func fields(of resource: Resource, _ observed: Observed) -> [FieldChange] {
        let resource = blueprint.revealing(resource)
        let ignored = resource.late.map(\.path) + resource.lifecycle.generated.map(\.path) + Self.annotationsOfMark
        var fields: [FieldChange]
        if resource.address.system == .kubernetes {
            fields = ManifestComparison.changes(
                kind: resource.kubernetesKind, desired: resource.body, live: observed.revealed,
                managers: observed.managers, ignored: ignored)
            fields = Attribution.attributed(fields, of: resource, live: observed.attributes)
            if resource.kubernetesKind?.isClaim == true { fields = resized(fields, observed) }
        } else {
            fields = FlatComparison.changes(
                kind: resource.address.kind, fixed: observed.fixed, desired: resource.body, live: observed.attributes,
                ignored: ignored)
            fields = Attribution.attributed(fields, to: observed.managers)
        }
        for field in resource.late {
            if let change = change(of: field, resource, observed) { fields.append(change) }
        }
        return fields
    }

    /// A claim of its own grows in place where its class lets it; another size is another volume.
    private func resized(_ fields: [FieldChange], _ observed: Observed) -> [FieldChange] {
        fields.map { field in
            guard field.path == "spec.resources.requests.storage", let old = field.old.flatMap({ Quantity($0) }),
                let new = field.new.flatMap({ Quantity($0) }), !(observed.canGrow && old < new)
            else { return field }
            var field = field
            field.forcesReplacement = true
            return field
        }
    }

    /// A table says it of Kubernetes' kinds; the others' executors say it with what they read.
    private func isFixed(_ path: String, of resource: Resource, _ observed: Observed) -> Bool {
        observed.fixed.contains(path) || resource.kubernetesKind?.isImmutable(path) == true
    }

    private func change(of field: LateField, _ resource: Resource, _ observed: Observed) -> FieldChange? {
        let path = field.path.joined(separator: ".")
        let live = observed.value(at: field.path)
        if case .memory(let members) = field.value {
            let known = field.value.resolved { observation.output($0, $1) }
            guard live?.revealed != known?.revealed || members.contains(where: isTaking) else { return nil }
            return FieldChange(path: path, old: nil, new: nil, knownAfterApply: true)
        }
        let isBornNow = field.value.sources.contains { [.create, .replace].contains(changes[$0]?.action) }
        // What cannot be read back is written again when its source is made again; a route is no field at all.
        guard field.compared || (field.secret && (isBornNow || isRotating(field.value))) else { return nil }
        let wanted = isBornNow ? nil : field.value.resolved { observation.present[$0]?.outputs[$1] }
        if let wanted {
            guard live?.revealed != wanted.revealed else { return nil }
            return FieldChange(
                path: path, old: live?.plain.map { .string($0) }, new: wanted.plain.map { .string($0) },
                secret: field.secret || live?.plain == nil && live != nil || wanted.plain == nil,
                forcesReplacement: isFixed(path, of: resource, observed))
        }
        // A source that could not be read, or that the filter leaves out, says nothing about the live value.
        guard
            isBornNow
                || (!field.once
                    && field.value.sources.allSatisfy { changes[$0] != nil || observation.present[$0] != nil })
        else { return nil }
        return FieldChange(
            path: path, old: live?.plain.map { .string($0) }, new: nil, secret: field.secret, knownAfterApply: true)
    }

    /// Whether this run makes a thing, or makes it aula's: its number is another one afterwards.
    private func isTaking(_ address: Address) -> Bool {
        guard let change = changes[address] else { return false }
        return change.action != .update || change.observed?.outputs.isEmpty == true
    }

    /// Whether nothing but the size of its volumes makes a set be made again, and they outlive it.
    func isOnlySize(_ fields: [FieldChange], of set: Resource) -> Bool {
        let forcing = fields.filter(\.forcesReplacement)
        guard !forcing.isEmpty, forcing.allSatisfy(\.isClaimSize) else { return false }
        let retention = set.body[["spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"]]?.string
        // What could not be read may be lost.
        return retention != "Delete" && !observation.gaps.contains { $0.part.touches(.claim) }
    }
}
