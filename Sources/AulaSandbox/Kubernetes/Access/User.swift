/// Who sends a request.
struct User: Sendable, Hashable {
    let name: String
    let groups: [String]

    static let admin = User(name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"])
    static let anonymous = User(name: "system:anonymous", groups: ["system:unauthenticated"])

    static func account(_ name: String, in namespace: String) -> User {
        User(
            name: "system:serviceaccount:\(namespace):\(name)",
            groups: ["system:serviceaccounts", "system:serviceaccounts:\(namespace)", "system:authenticated"])
    }
}
