import AulaModel
import Foundation

/// Compares answers with recorded ones, field by field, and learns which of our identities stands for which recorded one.
struct AnswerComparison {
    /// Recorded uid to ours, and recorded resourceVersion of an object to ours.
    private(set) var identities: [String: String] = [:]
    private(set) var differences: [String] = []

    /// Fields whose values are the server's own affair; both sides must have them all the same.
    private static let volatile: Set<String> = [
        "creationTimestamp", "time", "lastTransitionTime", "lastUpdateTime", "deletionTimestamp", "expirationTimestamp",
        "token", "ca.crt", "pod-template-hash", "clusterIP", "clusterIPs", "continue", "description", "gitVersion",
        "gitCommit", "gitTreeState", "goVersion", "compiler", "serverAddress", "storedResourceVersion",
    ]

    mutating func compare(_ ours: JSON?, with recorded: JSON?, at path: String = "", inList: Bool = false) {
        let field = path.split(separator: ".").last.map(String.init) ?? ""
        switch (recorded, ours) {
        case (nil, nil): return
        case (let recorded?, nil): differences.append("\(path): missing, recorded \(recorded.text.prefix(200))")
        case (nil, let ours?): differences.append("\(path): not recorded, ours \(ours.text.prefix(200))")
        case (let recorded?, let ours?) where Self.volatile.contains(field):
            if recorded.isNull != ours.isNull {
                differences.append("\(path): \(ours.text) instead of \(recorded.text)")
            }
        case (.string(let recorded)?, .string(let ours)?): text(ours, recorded, field, path)
        case (.object(let recorded)?, .object(let ours)?):
            for key in Set(recorded.keys + ours.keys).sorted() {
                compare(renamed(ours)[key], with: renamed(recorded)[key], at: "\(path).\(key)")
            }
        case (.array(let recorded)?, .array(let ours)?):
            if recorded.count != ours.count {
                differences.append("\(path): \(ours.count) items instead of \(recorded.count)")
            }
            for (index, pair) in zip(ours, recorded).enumerated() {
                compare(pair.0, with: pair.1, at: "\(path)[\(index)]")
            }
        case (let recorded?, let ours?):
            if recorded != ours { differences.append("\(path): \(ours.text) instead of \(recorded.text)") }
        }
    }

    // MARK: Meaning

    /// What a recording that was reduced to its meaning leaves out, or what one server says otherwise than another.
    private static let beside: Set<String> = [
        "uid", "resourceVersion", "creationTimestamp", "time", "clusterIP", "clusterIPs", "managedFields", "selfLink",
        "lastTransitionTime", "deletionTimestamp", "remainingItemCount", "continue", "observedGeneration", "status",
        "description", "annotations",
    ]

    /// Finds what is recorded and not in our answer, which may hold more.
    mutating func demand(_ recorded: JSON, of ours: JSON?, at path: String = "") {
        switch (recorded, ours) {
        case (.object(let recorded), .object(let ours)):
            for member in recorded.members where !Self.beside.contains(member.key) && !member.value.isEmpty {
                demand(member.value, of: ours[member.key], at: "\(path).\(member.key)")
            }
        case (.array(let recorded), .array(let ours)):
            if recorded.count != ours.count {
                differences.append("\(path): \(ours.count) items instead of \(recorded.count)")
            }
            for (index, pair) in zip(recorded, ours).enumerated() {
                demand(pair.0, of: pair.1, at: "\(path)[\(index)]")
            }
        case (.string(let recorded), .string(let ours)):
            let wanted = Self.plain(translated(recorded))
            if Self.plain(ours) != wanted { differences.append("\(path): \"\(ours)\" instead of \"\(wanted)\"") }
        default:
            if recorded != ours {
                differences.append("\(path): \(ours?.text ?? "nothing") instead of \(recorded.text)")
            }
        }
    }

    /// Without times and versions, which messages quote.
    private static func plain(_ text: String) -> String {
        withoutHashes(text).replacing(/\ at \d{4}-\d\d-\d\dT[\d:]+Z/, with: "").replacing(/\(\d+\)/, with: "(N)")
    }

    /// Learns which of our uids stands for the recorded one.
    mutating func learn(_ ours: JSON, from recorded: JSON) {
        guard let theirs = recorded[["metadata", "uid"]]?.string, let uid = ours[["metadata", "uid"]]?.string else {
            return
        }
        identities[theirs] = uid
    }

    /// Keys that carry a uid, such as those of owner references in `managedFields`, compare under one name.
    private func renamed(_ object: JSONObject) -> JSONObject {
        JSONObject(object.members.map { ($0.key.hasPrefix("k:{\"uid\"") ? "k:{uid}" : $0.key, $0.value) })
    }

    private mutating func text(_ ours: String, _ recorded: String, _ field: String, _ path: String) {
        if field == "uid" || (field == "resourceVersion" && path.contains("metadata.resourceVersion")) {
            // A list's own version is where the whole cluster stands.
            if path == ".metadata.resourceVersion", field == "resourceVersion", isList { return }
            if let known = identities[recorded], known != ours {
                differences.append("\(path): \(ours) where \(recorded) was \(known) before")
            }
            identities[recorded] = ours
            return
        }
        let wanted = Self.withoutHashes(translated(recorded))
        if Self.withoutHashes(ours) != wanted { differences.append("\(path): \"\(ours)\" instead of \"\(wanted)\"") }
    }

    var isList = false

    mutating func begin(isList: Bool) {
        self.isList = isList
        differences = []
    }

    /// A recorded text with our identities in place of the recorded ones.
    func translated(_ text: String) -> String {
        identities.reduce(text) { $1.key.count > 30 ? $0.replacing($1.key, with: $1.value) : $0 }
    }

    /// Names that a controller ends in a hash: `api-66578bc67f-h5tmh`.
    private static func withoutHashes(_ text: String) -> String {
        text.replacing(/-[bcdfghjklmnpqrstvwxz0-9]{8,10}(-[bcdfghjklmnpqrstvwxz0-9]{5})?(?=$|-|")/, with: "-HASH")
            .replacing(/^\d+[smh]$/, with: "AGE")
    }
}

extension JSON {
    fileprivate var isEmpty: Bool {
        switch self {
        case .null: true
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }
}
