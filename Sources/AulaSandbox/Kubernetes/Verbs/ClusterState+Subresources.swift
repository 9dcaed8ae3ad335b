import AulaModel
import Foundation

extension ClusterState {
    /// Answers `scale`, `token`, `eviction`, `log` and `finalize`.
    mutating func answerSubresource(
        _ request: SandboxRequest, _ target: RequestTarget, _ user: User
    ) throws(APIStatus) -> SandboxResponse {
        guard let object = object(target.key) else { throw .notFound(target.kind, target.name) }
        switch (target.subresource, request.method) {
        case ("scale", "GET"): return .json(200, Self.scale(of: object, target.kind))
        case ("scale", "PUT"), ("scale", "PATCH"): return .json(200, try scale(object, request, target, user))
        case ("token", "POST"): return try token(for: object, request, target, user)
        case ("eviction", "POST"):
            try checkDisruption(of: object)
            discard(object, target.key)
            return .json(
                201, ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201])
        case ("log", "GET"): return try log(of: object, request)
        case ("finalize", "PUT"):
            let body = try WriteRequest.decode(request.body)
            var freed = object
            freed[["spec", "finalizers"]] = body[["spec", "finalizers"]]
            if freed.isBeingDeleted, freed.items("spec", "finalizers").isEmpty {
                remove(target.key)
                return .json(200, freed)
            }
            return .json(200, put(freed, target.key))
        default: throw .methodNotAllowed(target.kind)
        }
    }

    /// A pod that no node runs has an empty log; one that runs has a sentence, for the sandbox runs nothing.
    private func log(of pod: JSON, _ request: SandboxRequest) throws(APIStatus) -> SandboxResponse {
        let names = pod.items("spec", "containers").compactMap { $0["name"]?.string }
        if let name = request.parameter("container") {
            guard (names + pod.items("spec", "initContainers").compactMap { $0["name"]?.string }).contains(name) else {
                throw .badRequest("container \(name) is not valid for pod \(pod.name)")
            }
        } else if names.count > 1 {
            throw .badRequest(
                "a container name must be specified for pod \(pod.name), choose one of: "
                    + "[\(names.joined(separator: " "))]")
        }
        guard pod[["spec", "nodeName"]] != nil else { return SandboxResponse(status: 204) }
        let text = "the sandbox runs no containers: \(pod.name) has no log\n"
        return SandboxResponse(
            status: 200, headers: [("Content-Type", "text/plain")], body: .bytes(Data(text.utf8)))
    }

    private static func scale(of object: JSON, _ kind: Kind) -> JSON {
        let selector = object[["spec", "selector", "matchLabels"]] ?? object[["spec", "selector"]]
        let labels = (selector?.object?.members ?? []).compactMap { member in
            member.value.string.map { "\(member.key)=\($0)" }
        }
        var metadata: JSON = [:]
        for name in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            metadata[name] = object[["metadata", name]]
        }
        var scale: JSON = [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata, "spec": [:],
            "status": ["replicas": object[kind.scale.status] ?? 0],
        ]
        if let replicas = object[kind.scale.replicas], replicas != 0 { scale[["spec", "replicas"]] = replicas }
        let text = kind.scale.selector.isEmpty ? labels.joined(separator: ",") : object[kind.scale.selector]?.string
        if let text, !text.isEmpty { scale[["status", "selector"]] = .string(text) }
        return scale
    }

    private mutating func scale(
        _ object: JSON, _ request: SandboxRequest, _ target: RequestTarget, _ user: User
    ) throws(APIStatus) -> JSON {
        let body = try WriteRequest.decode(request.body)
        let old = Self.scale(of: object, target.kind)
        let isJSONPatch = request.headers["content-type"]?.hasPrefix("application/json-patch") ?? false
        let wanted =
            request.method == "PUT"
            ? body : isJSONPatch ? try JSONPatch.apply(body, to: old) : MergePatch.apply(body, to: old)
        if let version = wanted[["metadata", "resourceVersion"]]?.string, !version.isEmpty,
            version != object[["metadata", "resourceVersion"]]?.string
        {
            throw .modified(target.kind, target.name)
        }
        guard let replicas = (wanted["spec"] == nil ? nil : wanted[["spec", "replicas"]] ?? 0)?.int, replicas >= 0
        else {
            throw .invalid(
                kind: "Scale", group: "autoscaling", name: target.name,
                [
                    .invalid(
                        "spec.replicas", wanted[["spec", "replicas"]] ?? .null,
                        "must be greater than or equal to 0")
                ])
        }
        var new = object
        new[target.kind.scale.replicas] = .int(replicas)
        var write = WriteRequest(request, target, user)
        return Self.scale(of: try update(object, to: new, &write, managed: nil), target.kind)
    }

    /// A token that expires: at least ten minutes, at most what the cluster allows.
    ///
    /// A wish beyond that is granted in part, with a warning (`TokenREST.Create` in
    /// kubernetes/pkg/registry/core/serviceaccount/storage/token.go).
    private func token(
        for account: JSON, _ request: SandboxRequest, _ target: RequestTarget, _ user: User
    ) throws(APIStatus) -> SandboxResponse {
        let body = try WriteRequest.decode(request.body)
        guard let kind = target.kind.subresources.first(where: { $0.name == "token" }),
            let asked = Self.tokenRequestKind
        else { throw .methodNotAllowed(target.kind) }
        var seconds = body[["spec", "expirationSeconds"]]?.int ?? 3600
        let problem: String? =
            seconds < 600
            ? "may not specify a duration less than 10 minutes"
            : seconds > 1 << 32 ? "may not specify a duration larger than 2^32 seconds" : nil
        if let problem {
            throw .invalid(asked, "", [.invalid("spec.expirationSeconds", .int(seconds), problem)])
        }
        var write = WriteRequest(request, target, user)
        if let cap = settings.tokenCapSeconds, seconds > cap {
            write.warnings.append("requested expiration of \(seconds) seconds shortened to \(cap) seconds")
            seconds = cap
        }
        let bound = try boundSecret(body[["spec", "boundObjectRef"]], target.namespace)
        let requested = body[["spec", "audiences"]]?.array ?? []
        let audiences: JSON = requested.isEmpty ? ["https://kubernetes.default.svc"] : .array(requested)
        let token = AccountToken(account: account, audiences: audiences, boundTo: bound, issued: now, seconds: seconds)
        var metadata: JSON = [
            "name": .string(account.name), "namespace": .string(account.namespace), "uid": .string(account.uid),
            "creationTimestamp": .string(timestamp),
        ]
        var writer = write.writer(isApply: false)
        writer.apiVersion = "\(kind.group ?? "")/\(kind.version ?? "")"
        let type = Schema.shared.type(named: "TokenRequest")
        metadata["managedFields"] =
            ServerSideApply.update(
                from: ServerSideApply.blank(type), to: body, type, managed: ManagedFields(), writer: writer,
                time: timestamp
            ).json
        let granted: JSON = [
            "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "metadata": metadata,
            "spec": [
                "audiences": audiences, "expirationSeconds": .int(seconds),
                "boundObjectRef": body[["spec", "boundObjectRef"]] ?? .null,
            ],
            "status": [
                "token": .string(token.signed(with: tokenKey)),
                "expirationTimestamp": .string(KubernetesTime.text(now.addingTimeInterval(TimeInterval(seconds)))),
            ],
        ]
        return .json(201, granted, headers: write.warningHeaders)
    }

    private static let tokenRequestKind: Kind? = {
        Kind(
            group: "authentication.k8s.io", version: "v1", plural: "tokenrequests", name: "TokenRequest",
            singular: "tokenrequest")
    }()

    private func boundSecret(_ reference: JSON?, _ namespace: String) throws(APIStatus) -> JSON? {
        guard let reference, reference["kind"] == "Secret", let name = reference["name"]?.string,
            let kind = table.kind(id: "secrets")
        else { return nil }
        guard let secret = object("secrets", namespace, name) else { throw .notFound(kind, name) }
        if let uid = reference["uid"]?.string, !uid.isEmpty, uid != secret.uid {
            throw .precondition(
                kind, name,
                "the UID in the bound object reference (\(uid)) does not match the UID in record. The object might "
                    + "have been deleted and then recreated")
        }
        return secret
    }
}
