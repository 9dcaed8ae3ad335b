/// A rule for names, with the server's words for breaking it.
struct NameRule: Sendable {
    private enum Form { case label, subdomain, service, qualified, path }

    private let form: Form
    let maximum: Int
    let message: String

    static let label = NameRule(
        form: .label, maximum: 63,
        message: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start "
            + "and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
            + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
    static let subdomain = NameRule(
        form: .subdomain, maximum: 253,
        message: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and "
            + "must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
            + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    static let service = NameRule(
        form: .service, maximum: 63,
        message: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
            + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
            + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")
    static let qualified = NameRule(
        form: .qualified, maximum: 63,
        message: "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
            + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
            + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")
    static let path = NameRule(form: .path, maximum: 253, message: "may not contain '/' or '%'")

    /// The rule that the names of a kind obey.
    static func of(_ kind: Kind) -> NameRule {
        switch kind.plural {
        case "namespaces": .label
        case "services": .service
        case _ where kind.group == "rbac.authorization.k8s.io": .path
        default: .subdomain
        }
    }

    func accepts(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        switch form {
        case .label: return name.utf8.count <= maximum && Self.isLabel(name[...])
        case .service: return name.utf8.count <= maximum && Self.isLabel(name[...]) && !(name.first?.isNumber ?? true)
        case .subdomain:
            return name.utf8.count <= maximum
                && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isLabel)
        case .path: return name != "." && name != ".." && !name.contains("/") && !name.contains("%")
        case .qualified:
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let last = parts.last, last.utf8.count <= maximum, Self.isQualified(last) else {
                return false
            }
            return parts.count == 1 || Self.subdomain.accepts(String(parts[0]))
        }
    }

    private static func isLabel(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, first != hyphen, last != hyphen else {
            return false
        }
        return text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == hyphen }
    }

    private static func isQualified(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        return text.utf8.allSatisfy {
            isAlphanumeric($0) || $0 == hyphen || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
    }

    private static let hyphen = UInt8(ascii: "-")
    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLower(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
