package import AulaModel

/// Puts things in an order in which everything comes after what it needs.
package enum DependencyOrder {
    /// Sorts positions 0..<count so that dependencies come first, keeping the given order where it is free.
    ///
    /// Linear in things and dependencies.
    /// - Returns: the order, or the members of one cycle.
    package static func sorted(count: Int, dependencies: (Int) -> [Int]) -> Result<[Int], Cycle> {
        var order: [Int] = []
        order.reserveCapacity(count)
        /// 0: not seen, 1: on the path, 2: placed.
        var state = [UInt8](repeating: 0, count: count)
        var path: [(node: Int, pending: [Int], next: Int)] = []
        for start in 0..<count where state[start] == 0 {
            path.append((start, dependencies(start), 0))
            state[start] = 1
            while let (node, pending, next) = path.last {
                if next == pending.count {
                    state[node] = 2
                    order.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let dependency = pending[next]
                switch state[dependency] {
                case 0:
                    state[dependency] = 1
                    path.append((dependency, dependencies(dependency), 0))
                case 1:
                    let members = path.map(\.node)
                    let first = members.firstIndex(of: dependency) ?? 0
                    return .failure(Cycle(members: Array(members[first...])))
                default: break
                }
            }
        }
        return .success(order)
    }

    /// Things that wait for each other in a circle, as positions.
    package struct Cycle: Error, Hashable {
        package var members: [Int]

        package init(members: [Int]) {
            self.members = members
        }
    }
}

extension Resource {
    /// What it waits for, each once: what it declares, its container, the sources of its late fields.
    package var needs: [Address] {
        var needs = dependsOn
        if let container, !needs.contains(container) { needs.append(container) }
        for field in late {
            for source in field.value.sources where !needs.contains(source) { needs.append(source) }
        }
        return needs
    }
}
