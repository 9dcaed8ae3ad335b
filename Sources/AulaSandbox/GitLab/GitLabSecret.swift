/// Secrets that GitLab makes: a prefix that names the kind, then 20 random characters.
enum GitLabSecret {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    static func make(prefix: String, length: Int = 20) -> String {
        prefix + String((0..<length).compactMap { _ in alphabet.randomElement() })
    }
}
