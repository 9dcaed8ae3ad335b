import AulaModel

/// Azure answers in a spelling of its own; what means the same is given back as the file spells it.
enum AzureSpelling {
    /// `West US` is `westus`.
    static func location(_ live: JSON?, _ desired: JSON?) -> JSON {
        same(live, desired) { String($0.lowercased().filter { $0 != " " }) }
    }

    /// `Standard` is `standard`, and `standard_b2s` is `Standard_B2s`.
    static func word(_ live: JSON?, _ desired: JSON?) -> JSON {
        same(live, desired) { $0.lowercased() }
    }

    /// `1.34.1` satisfies `1.34`.
    static func version(_ live: JSON?, _ desired: JSON?) -> JSON {
        guard let found = live?.string, let wanted = desired?.string, found.hasPrefix(wanted + ".") else {
            return live ?? .null
        }
        return .string(wanted)
    }

    private static func same(_ live: JSON?, _ desired: JSON?, _ plain: (String) -> String) -> JSON {
        guard let found = live?.string, let wanted = desired?.string, plain(found) == plain(wanted) else {
            return live ?? .null
        }
        return .string(wanted)
    }
}
