extension Cohort {
    /// The cohort as each of its sites has it: with the groups that live there.
    ///
    /// Where there is only one, it has no name, and is all of the cohort.
    package var parts: [(site: String?, cohort: Cohort)] {
        guard let first = sites.first else { return [(nil, self)] }
        return sites.map { named in
            var part = self
            (part.site, part.sites) = (named.site, [])
            part.groups = groups.filter { ($0.site ?? first.name) == named.name }
            return (named.name, part)
        }
    }
}

extension Address {
    /// The same thing, if it is in a cluster, in that site's.
    package func inCluster(_ site: String?) -> Address {
        site == nil || system != .kubernetes ? self : at(site)
    }
}

extension Resource {
    /// The same resource with every address in it changed.
    package func readdressed(_ change: (Address) -> Address) -> Resource {
        var resource = self
        resource.address = change(address)
        resource.container = container.map(change)
        resource.dependsOn = dependsOn.map(change)
        resource.lifecycle.replacedWith = lifecycle.replacedWith.map(change)
        for index in late.indices { resource.late[index].value = late[index].value.readdressed(change) }
        return resource
    }
}

extension LateValue {
    fileprivate func readdressed(_ change: (Address) -> Address) -> LateValue {
        switch self {
        case .text, .given: self
        case .output(let address, let name): .output(change(address), name)
        case .joined(let parts): .joined(parts.map { $0.readdressed(change) })
        case .base64(let inner): .base64(inner.readdressed(change))
        case .memory(let members): .memory(members.map(change))
        }
    }
}
