import Foundation

/// What a run calls itself in a lock, so that a teacher knows whom to ask, and its machine whether it still lives:
/// `ada@laptop process 4711 9020133`.
package enum RunIdentity {
    /// This run's.
    package static var own: String { "\(NSUserName())@\(machine) process \(ProcessIdentity.own)" }

    /// Whether a run of that name was on this machine and has ended.
    package static func isDead(_ name: String) -> Bool {
        guard let separator = name.range(of: " process "),
            name[..<separator.lowerBound].hasSuffix("@\(machine)"),
            let process = ProcessIdentity(String(name[separator.upperBound...]))
        else { return false }
        return !process.isAlive
    }

    /// Its own name for itself; asking the network for a fuller one may take seconds.
    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
