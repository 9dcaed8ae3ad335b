package import AulaModel
import AulaPlanner
package import Foundation

/// A deployer's token in the cluster, and how long it lives.
package struct TokenState: Hashable, Sendable {
    package enum Expiry: Hashable, Sendable {
        /// A token Secret without an end: it lives as long as its Secret.
        case never
        case at(Date)
        /// The cluster has not filled it, or it is none that can be read.
        case unreadable
    }

    package var address: Address
    package var slot: Slot
    package var expiry: Expiry

    package init(address: Address, slot: Slot, expiry: Expiry) {
        self.address = address
        self.slot = slot
        self.expiry = expiry
    }

    /// The tokens that a class's Secrets hold; those that are not there are the plan's to name.
    static func all(in blueprint: Blueprint, _ observation: Observation, _ filter: Filter) -> [TokenState] {
        blueprint.resources.compactMap { resource in
            guard resource.address.is(.secret),
                filter.isEmpty || filter.includes(resource.address, resource.slot),
                let live = observation.present[resource.address]
            else { return nil }
            let isTokenSecret = live.attributes["type"] == "kubernetes.io/service-account-token"
            guard let token = live.outputs["token"]?.revealed, !token.isEmpty else {
                return isTokenSecret
                    ? TokenState(address: resource.address, slot: resource.slot, expiry: .unreadable) : nil
            }
            guard let expiry = Expiry(token: token) ?? (isTokenSecret ? .unreadable : nil) else { return nil }
            return TokenState(address: resource.address, slot: resource.slot, expiry: expiry)
        }
    }
}

extension TokenState.Expiry {
    /// Reads when a JSON Web Token ends (RFC 7519, `exp`); nil for other text.
    ///
    /// The signature is the cluster's to check.
    package init?(token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var base64 = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: String(base64)), let claims = try? JSON(parsing: data),
            claims.object != nil
        else { return nil }
        switch claims["exp"] {
        case .int(let seconds): self = .at(Date(timeIntervalSince1970: TimeInterval(seconds)))
        case .double(let seconds): self = .at(Date(timeIntervalSince1970: seconds))
        default: self = .never
        }
    }
}
