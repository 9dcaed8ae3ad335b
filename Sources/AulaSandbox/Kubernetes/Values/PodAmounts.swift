import AulaModel

/// What the containers of a pod ask for, or may use at the most, together.
///
/// Sidecars (init containers that restart always) count beside the others. Ordinary init containers run one after
/// the other before them, so only the largest counts, with the sidecars that run by then (`PodRequests` in
/// k8s.io/component-helpers/resource/helpers.go).
struct PodAmounts: Sendable {
    enum List: String {
        case requests, limits
    }

    private(set) var byName: [String: Quantity] = [:]

    init(_ list: List, of pod: JSON) {
        var running: [String: Quantity] = [:]
        var beginning: [String: Quantity] = [:]
        var sidecars: [String: Quantity] = [:]
        for container in pod.items("spec", "containers") { Self.add(Self.own(container, list), to: &running) }
        for container in pod.items("spec", "initContainers") {
            var own = Self.own(container, list)
            if container["restartPolicy"] == "Always" {
                Self.add(own, to: &running)
                Self.add(own, to: &sidecars)
                own = sidecars
            } else {
                Self.add(sidecars, to: &own)
            }
            beginning.merge(own) { max($0, $1) }
        }
        byName = running.merging(beginning) { max($0, $1) }
    }

    subscript(name: String) -> Quantity { byName[name] ?? .zero }

    private static func own(_ container: JSON, _ list: List) -> [String: Quantity] {
        var own: [String: Quantity] = [:]
        for member in container.members("resources", list.rawValue) {
            own[member.key] = member.value.string.flatMap(Quantity.init)
        }
        return own
    }

    private static func add(_ amounts: [String: Quantity], to sum: inout [String: Quantity]) {
        sum.merge(amounts) { $0 + $1 }
    }
}
