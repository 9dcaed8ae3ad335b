/// One of the three systems that a cohort lives in.
package enum System: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
    case azure
    case kubernetes
    case gitlab

    package static func < (left: System, right: System) -> Bool { left.rawValue < right.rawValue }
}
