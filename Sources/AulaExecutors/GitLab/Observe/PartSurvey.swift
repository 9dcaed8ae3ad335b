import AulaModel

/// Reads what aula may have put into one group or project: a list for each kind.
struct PartSurvey {
    let client: GitLabClient
    let holder: GitLabHolder

    func run(_ kinds: [any GitLabPart.Type]) async -> Observation {
        var result = Observation()
        for kind in kinds where kind.concerns(holder) { result.merge(await read(kind)) }
        return result
    }

    private func read(_ kind: any GitLabPart.Type) async -> Observation {
        do {
            return try observation(kind, await kind.entries(of: holder, client))
        } catch {
            return Observation(gaps: [GitLabSurvey.gap(.inside(holder.address, kind.kind), error, client)])
        }
    }

    /// Of several with one name (deploy tokens) the youngest counts, and the others get addresses of their own, so that
    /// they go.
    func observation(_ kind: any GitLabPart.Type, _ list: [JSON]) throws -> Observation {
        var result = Observation()
        let slot = holder.address.gitlabSlot
        for json in list.sorted(by: { ($0["id"]?.int ?? 0) > ($1["id"]?.int ?? 0) }) {
            guard var (address, thing) = try kind.observed(json, in: holder) else { continue }
            thing.container = holder.address
            thing.fixed = kind.fixed
            (thing.slot.group, thing.slot.component) = (slot.group, slot.component)
            if result.present[address] != nil { address = address.numbered(try json.number("id"), after: "#") }
            if holder.isOurs { thing.keepMark(at: address, in: holder.blueprint) }
            result.present[address] = thing
        }
        return result
    }
}
