import AulaModel
import Foundation

extension ClusterState {
    /// Answers everything but a watch.
    mutating func respond(to request: SandboxRequest) -> SandboxResponse {
        do {
            let user = try user(of: request)
            let discovery = Discovery(table: .shared).answer(request) ?? OpenAPI(table: .shared).answer(request)
            if let discovery {
                try authorize(path: request, user)
                return discovery
            }
            guard let target = RequestTarget(segments: request.segments, table: .shared) else {
                throw APIStatus.notImplemented(request)
            }
            try authorize(AccessRequest(verb: verb(request, target), on: target), user, target.kind)
            if request.parameter("dryRun") == "All" || options(request).strings("dryRun") == ["All"] {
                var trial = self
                trial.isTrial = true
                return try trial.answer(request, target, user)
            }
            return try answer(request, target, user)
        } catch let status as APIStatus {
            return status.response
        } catch {
            return APIStatus(code: 500, reason: "InternalError", message: "\(error)").response
        }
    }

    func verb(_ request: SandboxRequest, _ target: RequestTarget) -> String {
        switch request.method {
        case "GET" where target.name.isEmpty: request.parameter("watch") == "true" ? "watch" : "list"
        case "GET", "HEAD": "get"
        case "POST": "create"
        case "PUT": "update"
        case "PATCH": "patch"
        case "DELETE" where target.name.isEmpty: "deletecollection"
        default: "delete"
        }
    }

    /// - Throws: 403 in the server's sentence.
    func authorize(_ access: AccessRequest, _ user: User, _ kind: Kind) throws(APIStatus) {
        guard !allows(access, by: user) else { return }
        throw .forbidden(kind, access.name, access.refusal(of: user))
    }

    private func authorize(path request: SandboxRequest, _ user: User) throws(APIStatus) {
        let access = AccessRequest(verb: "get", path: request.path)
        guard !allows(access, by: user) else { return }
        throw APIStatus(
            code: 403, reason: "Forbidden", message: "forbidden: " + access.refusal(of: user), details: [:])
    }

    private func options(_ request: SandboxRequest) -> JSON {
        guard request.method == "DELETE", !request.body.isEmpty else { return [:] }
        return (try? WriteRequest.decode(request.body)) ?? [:]
    }

    private mutating func answer(
        _ request: SandboxRequest, _ target: RequestTarget, _ user: User
    ) throws(APIStatus) -> SandboxResponse {
        let kind = target.kind
        if !target.subresource.isEmpty, target.subresource != "status" {
            return try answerSubresource(request, target, user)
        }
        var write = WriteRequest(request, target, user)
        switch request.method {
        case "GET" where target.name.isEmpty:
            guard kind.isStored else { throw .methodNotAllowed(kind) }
            return try list(request, target)
        case "GET":
            guard let object = object(target.key) else { throw .notFound(kind, target.name) }
            return show(object, request, kind)
        case "POST" where target.name.isEmpty:
            let body = try WriteRequest.decode(request.body)
            if !kind.isStored { return try answerReview(body, write, user) }
            let object = try create(body, &write)
            return .json(201, object, headers: write.warningHeaders)
        case "PUT":
            let object = try replace(try WriteRequest.decode(request.body), &write)
            return .json(200, object, headers: write.warningHeaders)
        case "PATCH":
            let (object, isNew) = try patch(request, &write)
            return show(object, request, kind, status: isNew ? 201 : 200, headers: write.warningHeaders)
        case "DELETE" where target.name.isEmpty:
            guard kind.verbs.contains("deletecollection") else { throw .methodNotAllowed(kind) }
            return .json(200, try deleteCollection(request, target, options: options(request)))
        case "DELETE":
            let query = request.parameter("propagationPolicy").flatMap(Propagation.init)
            var options = options(request)
            if let grace = request.parameter("gracePeriodSeconds").flatMap(Int.init) {
                options.setDefault(["gracePeriodSeconds"], .int(grace))
            }
            return .json(200, try delete(target, options: options, query: query))
        default: throw .methodNotAllowed(kind)
        }
    }

    /// One object in the form asked for: itself, a table of one row, or its metadata alone.
    private func show(
        _ object: JSON, _ request: SandboxRequest, _ kind: Kind, status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> SandboxResponse {
        if let table = TableRequest(request) {
            let version = object[["metadata", "resourceVersion"]] ?? .null
            return table.response(kind, [object], metadata: ["resourceVersion": version], now: now)
        }
        if PartialMetadata.isAsked(by: request) { return .json(status, PartialMetadata.of(object), headers: headers) }
        return .json(status, object, headers: headers)
    }

    private mutating func answerReview(_ body: JSON, _ write: WriteRequest, _ user: User) throws(APIStatus)
        -> SandboxResponse
    {
        let kind = write.target.kind
        var answer = try review(body, kind, namespace: write.target.namespace, by: user)
        let managed = ServerSideApply.update(
            from: ServerSideApply.blank(kind.type ?? .any), to: body, kind.type ?? .any, managed: ManagedFields(),
            writer: write.writer(isApply: false), time: timestamp)
        answer[["metadata", "managedFields"]] = managed.json
        if answer["metadata"] == nil { answer["metadata"] = [:] }
        return .json(201, answer)
    }
}
