import AulaModel
import AulaPlanner
import AulaTokens
import Foundation

/// An object as the server tells it.
struct LiveObject {
    let kind: ObjectKind
    var json: JSON

    var metadata: JSON { json["metadata"] ?? [:] }
    var name: String { metadata["name"]?.string ?? "" }
    var namespace: String? { metadata["namespace"]?.string }
    var uid: String { metadata["uid"]?.string ?? "" }
    var mark: Mark? { ObjectMark.mark(in: metadata) }
    var address: Address { .kubernetes(kind.name, namespace, name) }
    var isLeaving: Bool { metadata["deletionTimestamp"] != nil }
    var finalizers: [String] { (metadata["finalizers"]?.array ?? []).compactMap(\.string) }
    /// Another object brought it forth and takes it along when it goes.
    var hasOwner: Bool { metadata["ownerReferences"]?.array?.isEmpty == false }
    var isTokenSecret: Bool { kind == .secret && json["type"]?.string == TokenPart.longLivedType }
    /// A Secret whose token aula requests, and the account that it is for.
    var requestedAccount: String? {
        kind == .secret ? metadata["annotations"]?[TokenPart.account]?.string : nil
    }

    /// Who wrote which field; the controllers' reports under `status` are left out, what scaled it is not.
    var managers: [FieldManager] {
        (metadata["managedFields"]?.array ?? []).compactMap { entry in
            guard [nil, "scale"].contains(entry["subresource"]), let name = entry["manager"]?.string else { return nil }
            return FieldManager(
                name: name, operation: entry["operation"]?.string ?? "", fields: entry["fieldsV1"] ?? [:],
                time: entry["time"]?.string)
        }
    }

    /// Who was there when the object was made.
    var creators: [FieldManager] {
        let birth = metadata["creationTimestamp"]?.string ?? ""
        return managers.filter { ($0.time ?? birth) <= birth }
    }

    /// Whether aula, and no other program, was there when it was made.
    var isMadeByAula: Bool {
        // Controllers touch some objects in the second of their birth: the token controller fills its Secrets.
        let makers = Set(creators.map(\.name)).subtracting(["kube-controller-manager", "kube-scheduler"])
        return !makers.isEmpty && makers.isSubset(of: [FieldManager.aula, FieldManager.placeholder])
    }

    /// Whether it is aula's work, whatever became of its labels: made by aula, or not released since aula applied it.
    ///
    /// A deployer can pretend so of an object in his own namespace, and gains that it goes with the namespace.
    var isWorkOfAula: Bool {
        isMadeByAula
            || metadata["annotations"]?[Resource.fingerprintAnnotation] != nil
                && managers.contains { $0.name == FieldManager.aula }
    }

    /// The fields of a Secret that are text; nothing for other kinds.
    ///
    /// - Parameter resource: what the blueprint knows of it. What it says is secret, and a token, is scrubbed from
    ///   whatever is printed; the rest (a host, a user's name) is not.
    /// - Returns: the texts by their names.
    func secretValues(_ resource: Resource?) -> [String: Output] {
        guard kind == .secret else { return [:] }
        var born = Set(resource?.lifecycle.generated.compactMap(\.path.last) ?? [])
        born.formUnion(resource?.late.filter { $0.secret && $0.value != .given }.compactMap(\.path.last) ?? [])
        if holdsToken { born.insert(TokenPart.field) }
        var values: [String: Output] = [:]
        for member in json["data"]?.object?.members ?? [] {
            guard let encoded = member.value.string, let data = Data(base64Encoded: encoded),
                let text = String(bytes: data, encoding: .utf8)
            else { continue }
            values[member.key] = .secret(born.contains(member.key) ? Secret(found: text) : Secret(unlisted: text))
        }
        return values
    }

    /// Whether it is there for an account's token.
    private var holdsToken: Bool { isTokenSecret || requestedAccount != nil }

    private var hasToken: Bool { json["data"]?[TokenPart.field]?.string?.isEmpty == false }

    var holdsData: Bool { kind.row?.holdsData(json) == true }

    var transition: Transition? {
        if isLeaving { return .leaving("Terminating") }
        if holdsToken, !hasToken {
            return .inProgress("waiting for its token")
        }
        // A token that aula did not request is bound to nothing, and would outlive its Secret.
        if requestedAccount != nil, metadata["annotations"]?[TokenPart.expires] == nil {
            return .inProgress("waiting for a token of its own")
        }
        return nil
    }
}
