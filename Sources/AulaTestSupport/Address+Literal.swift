package import AulaModel

/// In tests an address is written down; one that is none ends the test.
extension Address: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        guard let address = Address(text as String) else { preconditionFailure("`\(text)` is no address") }
        self = address
    }
}
