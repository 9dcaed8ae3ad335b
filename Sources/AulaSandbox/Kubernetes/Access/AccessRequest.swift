/// One question of authorization: whether a user may do this to that.
struct AccessRequest: Sendable {
    var verb: String
    var group = ""
    var resource = ""
    var subresource = ""
    var name = ""
    var namespace = ""
    /// For a path that is no resource, such as `/version`.
    var path: String?

    /// The resource as rules spell it: `deployments/scale`.
    var fullResource: String { subresource.isEmpty ? resource : "\(resource)/\(subresource)" }

    /// The server's sentence for a refusal.
    func refusal(of user: User) -> String {
        if let path { return "User \"\(user.name)\" cannot \(verb) path \"\(path)\"" }
        let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
        return "User \"\(user.name)\" cannot \(verb) resource \"\(fullResource)\" in API group \"\(group)\" \(place)"
    }
}

extension AccessRequest {
    init(verb: String, on target: RequestTarget) {
        self.init(verb: verb)
        group = target.kind.group
        resource = target.kind.plural
        subresource = target.subresource
        name = target.name
        // A namespace itself is asked about in its own name.
        namespace = target.kind.id == "namespaces" ? target.name : target.namespace
    }
}
