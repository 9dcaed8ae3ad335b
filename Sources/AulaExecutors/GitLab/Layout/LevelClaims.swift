import AulaModel

/// Who says to be what, among the groups or projects of one depth.
struct LevelClaims {
    let kind: ResourceKind
    private var claims: [Address: [Placed]] = [:]
    private var order: [Address] = []
    private var squatters: [Squatter] = []

    /// What has the path that the file gives to something else.
    private struct Squatter {
        var wanted: Address
        var claim: Claim
        /// What it is itself, if it is something.
        var own: Address?
    }

    init(kind: ResourceKind) { self.kind = kind }

    mutating func add(_ claim: Claim, _ address: Address, _ recollection: Placed.Recollection) {
        if claims[address] == nil { order.append(address) }
        claims[address, default: []].append(Placed(address: address, claim: claim, recollection: recollection))
        if claim.expected != address { squat(claim, as: address) }
    }

    /// Notes that something is where something else should be.
    mutating func squat(_ claim: Claim, as own: Address?) {
        guard let wanted = claim.expected, claim.deletedOn == nil else { return }
        squatters.append(Squatter(wanted: wanted, claim: claim, own: own))
    }

    /// Lets each address have the one that it is, and says why where that cannot be told.
    mutating func settle(into result: inout GitLabLayout.Placement, _ mark: Mark) {
        var placed: [Address: Placed] = [:]
        var doubtful: Set<Address> = []
        for address in order {
            let holders = holders(of: address, &result.notices)
            placed[address] = holders.first
            guard holders.count > 1 else { continue }
            doubtful.insert(address)
            result.gaps.append(Self.rivals(holders, mark))
        }
        for squatter in squatters {
            let gone = placed[squatter.wanted]?.deletedOn
            for address in [squatter.wanted, squatter.own].compactMap(\.self) where doubtful.insert(address).inserted {
                result.gaps.append(Self.gap(over: address, squatter, gone))
            }
        }
        result.placed += order.filter { !doubtful.contains($0) }.compactMap { placed[$0] }
    }

    /// The remembered one; where none is, what is alive comes before what somebody deleted.
    private mutating func holders(of address: Address, _ notices: inout [Diagnostic]) -> [Placed] {
        let all = claims[address] ?? []
        let same = all.filter { $0.recollection == .same }
        guard !same.isEmpty else {
            let alive = all.filter { $0.deletedOn == nil }
            return alive.isEmpty ? all : alive
        }
        for other in all where other.recollection != .same {
            if other.expected == address {
                squat(other.claim, as: nil)
            } else if other.isMarked {
                notices.append(other.claim.copy(kind))
            }
        }
        return same
    }

    private static func rivals(_ holders: [Placed], _ mark: Mark) -> Observation.Gap {
        Observation.Gap(
            .thing(holders[0].address),
            reason: "GitLab's \(holders.map(\.claim.path).sorted().joined(separator: " and ")) cannot be told apart by "
                + "their descriptions",
            hint: "take the last line, `\(mark.line) key=…`, out of the description of the one that is a copy")
    }

    private static func gap(over address: Address, _ squatter: Squatter, _ gone: String?) -> Observation.Gap {
        let deletion = gone.map { ", which somebody deleted on \($0)" } ?? ""
        return Observation.Gap(
            .thing(address), reason: "GitLab's \(squatter.claim.path) has the path of \(squatter.wanted)\(deletion)",
            hint: "give it another path, or delete it")
    }
}
