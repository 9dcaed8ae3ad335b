import Foundation

/// Writes the machines' state to the folder, rarely enough to stay out of the requests' way.
struct StateKeeper {
    let folder: StateFolder
    let machines: Machines
    /// What each file holds already.
    private var written: [String: Data] = [:]
    private var nextSave = Date.distantPast

    /// For how long after a change controllers may still be at work on it.
    private static let settling: TimeInterval = 30

    init(folder: StateFolder, machines: Machines) {
        self.folder = folder
        self.machines = machines
    }

    /// Saves when something changed lately and the last save is long enough ago for its cost.
    mutating func saveIfDue(lastWrite: Date, now: Date = Date()) async throws {
        guard now >= nextSave, now.timeIntervalSince(lastWrite) < StateKeeper.settling else { return }
        try await save()
        nextSave = Date().addingTimeInterval(max(1, 20 * Date().timeIntervalSince(now)))
    }

    mutating func save() async throws {
        for (name, data) in await machines.files() where written[name] != data {
            try folder.write(data, to: name)
            written[name] = data
        }
    }
}
