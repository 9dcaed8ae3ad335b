import AulaModel
import Foundation

/// A desired object in the form that is sent, and the smaller one with which some objects begin.
struct Manifest {
    let kind: ObjectKind
    /// What aula applies.
    private(set) var body: JSON
    private let lifecycle: Lifecycle
    private let markLabels: JSON

    /// Takes the desired body with its late fields filled in.
    ///
    /// The fingerprint, where there is one, is written beside it: a later plan tells by it who changed the object.
    init(
        kind: ObjectKind, body: JSON, mark: Mark, slot: Slot, lifecycle: Lifecycle,
        fingerprint: String? = nil
    ) {
        self.kind = kind
        self.lifecycle = lifecycle
        markLabels = .object(JSONObject(ObjectMark.labels(mark, slot)))
        var body = body
        ObjectMark.write(mark, slot, into: &body)
        if let fingerprint {
            body[["metadata", "annotations", Resource.fingerprintAnnotation]] = .string(fingerprint)
        }
        Self.encodeSecret(&body, kind)
        self.body = body
    }

    var name: String { body[["metadata", "name"]]?.string ?? "" }
    var namespace: String? { kind.isNamespaced ? body[["metadata", "namespace"]]?.string : nil }

    /// Objects that begin with a POST, which is exact: it fails where the name is taken.
    ///
    /// A namespace, because everything else goes into it; an object with a password, because that is invented once;
    /// a workload that pipelines deploy, because its image must not be aula's field.
    var beginsSmall: Bool { kind == .namespace || !lifecycle.generated.isEmpty || lifecycle.initial != nil }

    /// The least that the server accepts, under the mark, with passwords and first values.
    ///
    /// - Parameters:
    ///   - live: the object that this one replaces; what pipelines set there is kept.
    ///   - generator: where passwords come from.
    /// - Returns: the body to be sent.
    func beginning(
        replacing live: JSON? = nil, using generator: inout some RandomNumberGenerator
    ) -> JSON {
        var small = JSON.object(JSONObject())
        for key in ["apiVersion", "kind", "type"] { small[key] = body[key] }
        small[["metadata", "name"]] = body[["metadata", "name"]]
        if let namespace { small[["metadata", "namespace"]] = .string(namespace) }
        small[["metadata", "labels"]] = markLabels
        if let initial = lifecycle.initial {
            small = small.merging(skeleton).merging(live.map { Self.kept(initial, from: $0, body) } ?? initial)
        }
        for field in lifecycle.generated {
            let password = Self.password(length: field.length, using: &generator).revealed
            let isEncoded = kind == .secret && field.path.first == "data"
            small[field.path] = .string(isEncoded ? Data(password.utf8).base64EncodedString() : password)
        }
        Self.encodeSecret(&small, kind)
        return small
    }

    /// What cannot be changed later, and what must not be missing.
    private var skeleton: JSON {
        guard let spec = body["spec"] else { return [:] }
        var small = JSON.object(JSONObject())
        for key in ["selector", "serviceName", "volumeClaimTemplates", "podManagementPolicy"] {
            if let value = spec[key] { small[["spec", key]] = value }
        }
        if let labels = spec["selector"]?["matchLabels"] {
            small[["spec", "template", "metadata", "labels"]] = labels
        }
        return small
    }

    /// The first values, replaced by what pipelines made of them in the live object.
    private static func kept(_ initial: JSON, from live: JSON?, _ desired: JSON?) -> JSON {
        guard let live else { return initial }
        switch initial {
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { ($0.key, kept($0.value, from: live[$0.key], desired?[$0.key])) }))
        case .array(let items):
            return .array(
                items.map { item in
                    guard let name = item["name"] else { return item }
                    return kept(
                        item, from: live.array?.first { $0["name"] == name },
                        desired?.array?.first { $0["name"] == name })
                })
        // What aula desires itself is aula's to set.
        default: return desired == nil ? live : initial
        }
    }

    /// The server keeps `stringData` in no field that anybody could own; `data` is the same and can be owned.
    private static func encodeSecret(_ body: inout JSON, _ kind: ObjectKind) {
        guard kind == .secret, let texts = body["stringData"]?.object else { return }
        for member in texts.members {
            body[["data", member.key]] = .string(Data((member.value.string ?? "").utf8).base64EncodedString())
        }
        body["stringData"] = nil
    }

    /// Letters and digits, so that a password needs no quoting anywhere.
    private static func password(length: Int, using generator: inout some RandomNumberGenerator) -> Secret {
        let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return Secret(String((0..<length).compactMap { _ in characters.randomElement(using: &generator) }))
    }
}
