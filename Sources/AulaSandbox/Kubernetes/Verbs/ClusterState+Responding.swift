import AulaModel
import Foundation

extension ClusterState {
    /// Answers everything but a watch.
    mutating func respond(to request: SandboxRequest) -> SandboxResponse {
        do {
            let user = try user(of: request)
            let discovery = Discovery(table: table).answer(request) ?? OpenAPI(table: table).answer(request)
            if let discovery {
                try authorize(path: request, user)
                return discovery
            }
            let target = try target(of: request)
            let verb = verb(request, target)
            try authorize(AccessRequest(verb: verb, on: target), user, target.kind)
            try RequestOptions.check(request, verb: verb, target)
            if request.parameter("dryRun") == "All" || options(request).strings("dryRun") == ["All"] {
                var trial = self
                trial.isTrial = true
                return try trial.answer(request, target, user)
            }
            return try answer(request, target, user)
        } catch {
            return error.response
        }
    }

    /// - Throws: 404 for a path that no API server has, 501 for one that only the sandbox lacks.
    func target(of request: SandboxRequest) throws(APIStatus) -> RequestTarget {
        let words = request.segments
        if let target = RequestTarget(segments: words, table: table) {
            if target.isUnserved { throw .notImplemented(request) }
            return target
        }
        switch words.first {
        case "api" where words.count > 1: throw .unknownPath(isKnownGroup: words[1] == "v1")
        case "apis" where words.count > 1:
            throw .unknownPath(
                isKnownGroup: table.kinds.contains {
                    $0.group == words[1] && (words.count < 3 || $0.version == words[2])
                })
        case "openapi": throw .unknownPath(isKnownGroup: false)
        default: throw .notImplemented(request)
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
            try RequestOptions.checkBody(request)
            let body = try WriteRequest.decode(request.body)
            if !kind.isStored { return try answerReview(body, write, user) }
            do {
                let object = try create(body, &write, text: request.body)
                return show(object, request, kind, status: 201, headers: write.warningHeaders)
            } catch {
                throw error.adding(write.warningHeaders)
            }
        case "PUT":
            try RequestOptions.checkBody(request)
            do {
                let body = try WriteRequest.decode(request.body)
                let (object, isNew) = try replace(body, &write, text: request.body)
                return show(object, request, kind, status: isNew ? 201 : 200, headers: write.warningHeaders)
            } catch {
                throw error.adding(write.warningHeaders)
            }
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
        let object = served(object, kind)
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
