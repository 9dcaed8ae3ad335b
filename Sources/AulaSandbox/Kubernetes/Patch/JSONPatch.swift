import AulaModel

/// JSON patch (RFC 6902).
enum JSONPatch {
    /// - Throws: 422 in the words of the server for an operation that does not fit the document.
    static func apply(_ patch: JSON, to target: JSON) throws(APIStatus) -> JSON {
        guard let operations = patch.array else { throw .badRequest("error decoding patch: it is not a list") }
        var result = target
        for operation in operations {
            let path = pointer(operation["path"]?.string ?? "")
            let from = pointer(operation["from"]?.string ?? "")
            switch operation["op"]?.string {
            case "add": try set(&result, path[...], operation["value"] ?? .null, mustExist: false)
            case "replace": try set(&result, path[...], operation["value"] ?? .null, mustExist: true)
            case "remove": try remove(&result, path[...])
            case "test":
                guard value(result, path[...]) == operation["value"] ?? .null else {
                    throw refusal("testing value \(operation["path"]?.string ?? "") failed")
                }
            case "move", "copy":
                guard let moved = value(result, from[...]) else { throw refusal("missing value: \(from)") }
                if operation["op"] == "move" { try remove(&result, from[...]) }
                try set(&result, path[...], moved, mustExist: false)
            default: throw refusal("unexpected kind: \(operation["op"]?.string ?? "unknown")")
            }
        }
        return result
    }

    /// The server keeps to itself what does not fit; `why` says it to who reads this.
    private static func refusal(_ why: String) -> APIStatus {
        APIStatus(
            code: 422, reason: "Invalid",
            message: "the server rejected our request due to an error in our request", details: [:])
    }

    private static func pointer(_ text: String) -> [String] {
        text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    private static func value(_ document: JSON, _ path: ArraySlice<String>) -> JSON? {
        guard let step = path.first else { return document }
        let next = document.array != nil ? Int(step).flatMap { document[$0] } : document[step]
        return next.flatMap { value($0, path.dropFirst()) }
    }

    private static func set(
        _ document: inout JSON, _ path: ArraySlice<String>, _ new: JSON, mustExist: Bool
    ) throws(APIStatus) {
        guard let step = path.first else {
            document = new
            return
        }
        let isLast = path.count == 1
        switch document {
        case .array(var items):
            if isLast, step == "-" {
                items.append(new)
            } else if let index = Int(step), index >= 0, index < items.count || (isLast && index == items.count) {
                if !isLast {
                    try set(&items[index], path.dropFirst(), new, mustExist: mustExist)
                } else if mustExist {
                    items[index] = new
                } else {
                    items.insert(new, at: index)
                }
            } else {
                throw refusal("Unable to access invalid index: \(step)")
            }
            document = .array(items)
        case .object:
            if isLast {
                if mustExist, document[step] == nil { throw refusal("replace operation does not apply: \(step)") }
                document[step] = new
            } else {
                guard var child = document[step] else {
                    throw refusal("add operation does not apply: doc is missing path")
                }
                try set(&child, path.dropFirst(), new, mustExist: mustExist)
                document[step] = child
            }
        default: throw refusal("add operation does not apply: doc is missing path")
        }
    }

    private static func remove(_ document: inout JSON, _ path: ArraySlice<String>) throws(APIStatus) {
        guard let step = path.first else { return }
        let missing = refusal("remove operation does not apply: doc is missing path")
        switch document {
        case .array(var items):
            guard let index = Int(step), items.indices.contains(index) else { throw missing }
            if path.count == 1 { items.remove(at: index) } else { try remove(&items[index], path.dropFirst()) }
            document = .array(items)
        case .object:
            guard var child = document[step] else { throw missing }
            if path.count == 1 {
                document[step] = nil
            } else {
                try remove(&child, path.dropFirst())
                document[step] = child
            }
        default: throw missing
        }
    }
}
