package import AulaModel

/// What came of trying a token.
package struct TokenFinding: Sendable {
    package enum Result: Hashable, Sendable {
        /// It may deploy in its own namespace and not in its neighbour's.
        case works
        /// There is no token to try.
        case missing
        /// The cluster does not know it.
        case rejected
        /// It may not deploy where it has to.
        case powerless
        /// It may deploy where it has no business.
        case tooPowerful(neighbour: String)
        /// GitLab has another one.
        case notDelivered(to: Address)
        /// The cluster could not be asked.
        case unknown(String)
    }

    package var token: DeployerToken
    package var result: Result

    package init(token: DeployerToken, result: Result) {
        self.token = token
        self.result = result
    }
}
