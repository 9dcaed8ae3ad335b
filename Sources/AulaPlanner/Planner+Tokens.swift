import AulaModel
import AulaTokens
import OrderedCollections

/// The old generation of a token works until everybody who deploys with it has the new one.
extension Planner {
    /// What a rotation touches: the new tokens, and everything that carries them.
    func rotation() -> Set<Address>? {
        options.rotating.isEmpty ? nil : tokens.rotating.union(tokens.rotating.flatMap { carriers(of: $0) })
    }

    /// Whether a field takes its value from a token whose older generation is still there.
    ///
    /// What GitLab never tells is then written once more, since nobody knows which generation it holds.
    func isRotating(_ value: LateValue) -> Bool {
        !tokens.superseded.isEmpty && value.sources.contains { tokens.superseded.values.contains($0) }
    }

    /// Whether a thing that is not wanted may go: an old generation stays while somebody may still deploy with it.
    func mayEnd(_ address: Address, _ selected: Set<Address>?) -> Bool {
        guard options.purpose == .apply, let next = tokens.superseded[address] else { return !isRotation }
        if isRotation, !tokens.rotating.contains(next) { return false }
        guard
            changes[next] != nil
                || observation.present[next].map({ $0.outputs[TokenPart.field]?.isEmpty == false }) == true
        else { return false }
        return carriers(of: next).allSatisfy { carrier in
            if changes[carrier] != nil { return true }
            let isPlanned = selected?.contains(carrier) ?? true
            return isPlanned && blocked[carrier] == nil && observation.present[carrier] != nil
        }
    }

    /// Whether a thing goes because a younger generation of its token takes over.
    func isRevoked(_ address: Address) -> Bool {
        options.purpose == .apply && tokens.superseded[address] != nil
    }

    /// What must be done before an old generation goes.
    func deliveries(before address: Address) -> [Address] {
        guard options.purpose == .apply, let next = tokens.superseded[address] else { return [] }
        return ([next] + carriers(of: next)).filter { changes[$0] != nil }
    }

    private var isRotation: Bool { !options.rotating.isEmpty }

    private func carriers(of token: Address) -> [Address] {
        blueprint.resources.filter { $0.late.contains { $0.value.sources.contains(token) } }.map(\.address)
    }
}
