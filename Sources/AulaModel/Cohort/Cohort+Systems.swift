extension Cohort {
    /// The systems that the file speaks of; a cluster there is always.
    package var systems: Set<System> {
        var systems: Set<System> = [.kubernetes]
        if site.azure != nil { systems.insert(.azure) }
        if gitlab != nil { systems.insert(.gitlab) }
        return systems
    }
}
