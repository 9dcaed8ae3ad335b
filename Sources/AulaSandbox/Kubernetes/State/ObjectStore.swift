import AulaModel
import Foundation

/// The objects of one kind, in the order in which a LIST returns them.
struct ObjectStore: Sendable {
    private struct Slot: Sendable {
        var object: JSON
        /// The object as an item of a list, written on the first LIST that returns it.
        var item: Data?
    }

    private(set) var paths: [String] = []
    private var slots: [String: Slot] = [:]

    var count: Int { paths.count }
    var objects: [JSON] { paths.compactMap { slots[$0]?.object } }

    subscript(path: String) -> JSON? {
        get { slots[path]?.object }
        set {
            if let newValue {
                if slots.updateValue(Slot(object: newValue), forKey: path) == nil {
                    paths.insert(path, at: position(of: path))
                }
            } else if slots.removeValue(forKey: path) != nil {
                paths.remove(at: position(of: path))
            }
        }
    }

    /// The object as a list item: without `kind` and `apiVersion`, which the list's own say.
    mutating func item(_ path: String) -> Data? {
        guard let slot = slots[path] else { return nil }
        if let item = slot.item { return item }
        var object = slot.object
        object["kind"] = nil
        object["apiVersion"] = nil
        let item = object.data
        slots[path]?.item = item
        return item
    }

    /// The paths of one namespace; all of them where it is nil.
    func paths(in namespace: String?) -> ArraySlice<String> {
        guard let namespace, !namespace.isEmpty else { return paths[...] }
        let prefix = namespace + "/"
        let start = position(of: prefix)
        // "0" follows "/" in ASCII.
        return paths[start..<max(start, position(of: namespace + "0"))]
    }

    func objects(in namespace: String?) -> [JSON] { paths(in: namespace).compactMap { slots[$0]?.object } }

    /// The index of the first path that is not smaller than `path`.
    func position(of path: String) -> Int {
        var low = 0
        var high = paths.count
        while low < high {
            let middle = (low + high) / 2
            if paths[middle] < path { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
