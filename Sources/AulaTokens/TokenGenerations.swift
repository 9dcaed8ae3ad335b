package import AulaModel

/// The tokens of a cohort and their generations, as they were found.
///
/// Which generation is in use is written down nowhere: it is the youngest that has its token. Whoever plans works with
/// `blueprint`, in which every token Secret has the name of the generation that is wanted, and everything that takes
/// its token from there says so.
package struct TokenGenerations: Sendable {
    /// The blueprint with the wanted generations in it.
    package let blueprint: Blueprint
    /// Every generation that is there, in the blueprint's order, the oldest first.
    package private(set) var tokens: [DeployerToken] = []
    /// Generations that are there and not wanted, and the one that is.
    package private(set) var superseded: [Address: Address] = [:]
    /// The wanted generations of what rotates.
    package private(set) var rotating: Set<Address> = []

    /// Sorts the generations.
    ///
    /// - Parameters:
    ///   - blueprint: names every token Secret without a number.
    ///   - observation: what there is.
    ///   - rotating: the token Secrets, as the blueprint names them, that shall have a new generation.
    package init(_ blueprint: Blueprint, _ observation: Observation, rotating: Set<Address> = []) {
        var lineages: [Address: TokenLineage] = [:]
        var order: [Address] = []
        for resource in blueprint.resources where resource.address.is(.secret) {
            guard TokenPart.isToken(resource.body) else { continue }
            lineages[resource.address] = TokenLineage(resource: resource)
            order.append(resource.address)
        }
        for address in observation.present.keys where address.is(.secret) {
            guard let observed = observation.present[address],
                observed.mark?.isSameEdition(as: blueprint.mark) == true
            else { continue }
            if case .leaving = observed.transition { continue }
            let (first, generation) = Self.split(address, lineages)
            lineages[first]?.generations[generation] = observed
        }
        var wanted: [Address: Resource] = [:]
        for first in order {
            guard let lineage = lineages[first] else { continue }
            let target = lineage.target(rotating: rotating.contains(first))
            if rotating.contains(first) { self.rotating.insert(lineage.address(of: target)) }
            if target != 1 { wanted[first] = lineage.resource(of: target) }
            for (generation, observed) in lineage.generations.sorted(by: { $0.key < $1.key }) {
                tokens.append(
                    DeployerToken(
                        lineage, generation, observed, isLive: generation == lineage.live,
                        count: lineage.generations.count))
                if generation != target {
                    superseded[lineage.address(of: generation)] = lineage.address(of: target)
                }
            }
        }
        self.blueprint = wanted.isEmpty ? blueprint : blueprint.naming(wanted)
    }

    /// The first generation's address, and the number: `…/gitlab-deployer-token-3` is the third.
    private static func split(_ address: Address, _ lineages: [Address: TokenLineage]) -> (Address, Int) {
        guard lineages[address] == nil, let (first, number) = address.split(at: "-"), number > 1 else {
            return (address, 1)
        }
        return (first, number)
    }
}

extension Blueprint {
    /// The same with some resources under other names, and everybody who speaks of them knows.
    fileprivate func naming(_ others: [Address: Resource]) -> Blueprint {
        let names = others.mapValues(\.address)
        return Blueprint(
            cohort: cohort,
            resources: resources.map { resource in
                var resource = others[resource.address] ?? resource
                resource.dependsOn = resource.dependsOn.map { names[$0] ?? $0 }
                for index in resource.late.indices {
                    resource.late[index].value = resource.late[index].value.naming(names)
                }
                return resource
            }, given: given)
    }
}

extension LateValue {
    fileprivate func naming(_ names: [Address: Address]) -> LateValue {
        switch self {
        case .text, .given, .memory: self
        case .output(let address, let name): .output(names[address] ?? address, name)
        case .joined(let parts): .joined(parts.map { $0.naming(names) })
        case .base64(let inner): .base64(inner.naming(names))
        }
    }
}
