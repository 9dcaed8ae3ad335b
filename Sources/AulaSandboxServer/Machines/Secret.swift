/// Random text for the sandbox's own tokens.
enum Secret {
    static func make() -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        var random = SystemRandomNumberGenerator()
        return String((0..<40).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }
}
