import AulaModel

extension ClusterState {
    /// Answers an access review, a rules review or a token review: asked by POST, never stored.
    func review(_ body: JSON, _ kind: Kind, namespace: String, by user: User) throws(APIStatus) -> JSON {
        var answer = body
        switch kind.name {
        case "SelfSubjectAccessReview":
            answer["status"] = verdict(body["spec"] ?? .null, user)
        case "SubjectAccessReview", "LocalSubjectAccessReview":
            let spec = body["spec"] ?? .null
            let subject = User(name: spec["user"]?.string ?? "", groups: spec.strings("groups"))
            if subject.name.isEmpty, subject.groups.isEmpty {
                throw .invalid(
                    kind, "", [.required("spec.user", "at least one of user or group must be specified")])
            }
            answer["status"] = verdict(spec, subject)
        case "SelfSubjectRulesReview":
            answer["status"] = rulesStatus(
                user, in: body[["spec", "namespace"]]?.string ?? "")
        case "TokenReview":
            let found = body[["spec", "token"]]?.string.flatMap { self.user(withToken: $0) }
            answer["status"] =
                found.map { ["authenticated": true, "user": Self.info($0)] }
                ?? ["authenticated": false, "user": [:], "error": "invalid bearer token"]
        default: answer["status"] = ["userInfo": Self.info(user)]
        }
        return answer
    }

    private static func info(_ user: User) -> JSON {
        ["username": .string(user.name), "groups": .array(user.groups.map { .string($0) })]
    }

    private func verdict(_ spec: JSON, _ user: User) -> JSON {
        var access = AccessRequest(verb: "")
        if let asked = spec["resourceAttributes"] {
            access.verb = asked["verb"]?.string ?? ""
            access.group = asked["group"]?.string ?? ""
            access.resource = asked["resource"]?.string ?? ""
            access.subresource = asked["subresource"]?.string ?? ""
            access.name = asked["name"]?.string ?? ""
            access.namespace = asked["namespace"]?.string ?? ""
        } else {
            access.verb = spec[["nonResourceAttributes", "verb"]]?.string ?? ""
            access.path = spec[["nonResourceAttributes", "path"]]?.string ?? ""
        }
        return allows(access, by: user) ? ["allowed": true] : ["allowed": false]
    }

    private func rulesStatus(_ user: User, in namespace: String) -> JSON {
        let rules: [JSON] =
            user.groups.contains("system:masters")
            ? [
                ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]],
                ["verbs": ["*"], "nonResourceURLs": ["*"]],
            ]
            : self.rules(for: user, in: namespace)
        return [
            "incomplete": false, "resourceRules": .array(rules.filter { $0["nonResourceURLs"] == nil }),
            "nonResourceRules": .array(rules.filter { $0["nonResourceURLs"] != nil }),
        ]
    }
}
