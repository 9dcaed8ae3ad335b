import AulaModel
import Foundation

/// A group or project that is there, and what the blueprint wants in it.
struct GitLabHolder: Sendable {
    let address: Address
    /// In the API: `groups/12`, `projects/34`.
    let path: String
    /// What GitLab's list says of it.
    let json: JSON
    /// The class's groups by their numbers.
    let groups: [Int: Address]
    let blueprint: Blueprint
    /// Whether it is aula's own: what the blueprint wants in it is ours, whatever somebody wrote on it.
    let isOurs: Bool
    /// When it is looked at.
    let now: Date

    init(
        _ placed: Placed, _ groups: [Int: Address], _ blueprint: Blueprint, isOurs: Bool, at now: Date
    ) {
        self.now = now
        json = placed.json
        self.groups = groups
        self.isOurs = isOurs
        address = placed.address
        path = placed.apiPath
        self.blueprint = blueprint
    }
}

extension Observed {
    /// What the blueprint wants in something of ours is ours, though a team may have changed what it says of itself.
    mutating func keepMark(at address: Address, in blueprint: Blueprint) {
        guard blueprint.contains(address), mark?.isSameEdition(as: blueprint.mark) != true else { return }
        mark = blueprint.mark
        hasLostMark = true
    }

    /// Whether aula made it for this edition.
    func isMade(by mark: Mark) -> Bool { self.mark?.isSameEdition(as: mark) == true && self.mark?.origin == .created }
}
