import AulaModel

/// The forms that a single value may have to have.
enum FieldForm: String, Sendable {
    case label, subdomain, service, port, portname, portlike, ip, cidr, absolute, quantity, share

    /// What is wrong with a value, in the words of the server; nil where nothing is.
    func problem(_ value: JSON, _ field: String) -> FieldProblem? {
        switch self {
        case .label: name(value, field, .label)
        case .subdomain: name(value, field, .subdomain)
        case .service: name(value, field, .service)
        case .port: number(value, field)
        case .portname: value.string.flatMap { portName($0, field) }
        case .portlike: value.string.map { portName($0, field) } ?? number(value, field)
        case .ip:
            Self.isAddress(value.string ?? "")
                ? nil : .invalid(field, value, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")
        case .cidr:
            Self.isRange(value.string ?? "")
                ? nil : .invalid(field, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")
        case .absolute:
            value.string?.hasPrefix("/") ?? false ? nil : .invalid(field, value, "must be an absolute path")
        case .quantity:
            value.string.flatMap(Quantity.init) == nil ? .invalid(field, value, "must be a quantity") : nil
        case .share: share(value, field)
        }
    }

    private func name(_ value: JSON, _ field: String, _ rule: NameRule) -> FieldProblem? {
        guard let text = value.string, !text.isEmpty, !rule.accepts(text) else { return nil }
        let isLong = text.utf8.count > rule.maximum
        return .invalid(field, value, isLong ? "must be no more than \(rule.maximum) bytes" : rule.message)
    }

    private func number(_ value: JSON, _ field: String) -> FieldProblem? {
        guard let number = value.int, number != 0 || self == .portlike, !(1...65_535).contains(number) else {
            return nil
        }
        return .invalid(field, value, "must be between 1 and 65535, inclusive")
    }

    private func portName(_ text: String, _ field: String) -> FieldProblem? {
        guard !text.isEmpty else { return nil }
        let bytes = Array(text.utf8)
        let allowed = bytes.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
        let why: String? =
            bytes.count > 15
            ? "must be no more than 15 characters"
            : !allowed
                ? "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
                : !text.contains(where: \.isLetter)
                    ? "must contain at least one letter (a-z)"
                    : text.contains("--")
                        ? "must not contain consecutive hyphens"
                        : text.hasPrefix("-") || text.hasSuffix("-") ? "must not begin or end with a hyphen" : nil
        return why.map { .invalid(field, .string(text), $0) }
    }

    /// A number or a percentage, as a rollout's bounds and a budget are.
    private func share(_ value: JSON, _ field: String) -> FieldProblem? {
        if let number = value.int {
            return number < 0 ? .invalid(field, value, "must be greater than or equal to 0") : nil
        }
        guard let text = value.string,
            !(text.hasSuffix("%") && text.count > 1 && text.dropLast().allSatisfy(\.isNumber))
        else { return nil }
        return .invalid(
            field, value,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex "
                + "used for validation is '[0-9]+%')")
    }

    static func isAddress(_ text: String) -> Bool {
        if text.contains(":") {
            return text.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } && text.count <= 45
                && text.split(separator: ":", omittingEmptySubsequences: false).count <= 9
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in Int(part).map { (0...255).contains($0) && String($0) == part } ?? false }
    }

    static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, isAddress(String(parts[0])), let bits = Int(parts[1]), bits >= 0 else { return false }
        return bits <= (parts[0].contains(":") ? 128 : 32)
    }
}
