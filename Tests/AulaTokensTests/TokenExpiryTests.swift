import AulaModel
import AulaTokens
import Foundation
import Testing

@Suite struct TokenExpiryTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func token(_ claims: String) -> Secret {
        let payload = Data(claims.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
        return Secret(unlisted: "h.\(payload).s")
    }

    private static func live(_ name: String, days: Double) -> DeployerToken {
        let end = Int(now.timeIntervalSince1970 + days * 86_400)
        return DeployerToken(
            name: .kubernetes("Secret", name, "token"), namespace: name, slot: Slot(),
            secret: token(#"{"exp":\#(end)}"#))
    }

    @Test func `the end of a token is read from the token itself`() {
        #expect(
            TokenExpiry(of: Self.token(#"{"exp":1900000000}"#)) == .at(Date(timeIntervalSince1970: 1_900_000_000)))
        #expect(TokenExpiry(of: Self.token(#"{"sub":"system:serviceaccount:n:d"}"#)) == .never)
        #expect(TokenExpiry(of: Secret(unlisted: "glpat-x")) == nil)
        #expect(TokenExpiry.lifetime(of: Self.token(#"{"iat":100,"exp":160}"#)) == 60)
    }

    @Test func `tokens that end within 14 days are a warning with the days, those that last are none`() {
        let warnings = [Self.live("a", days: 2.5), Self.live("b", days: 14), Self.live("c", days: 14.1)]
            .endingSoon(at: Self.now)
        #expect(warnings.map(\.message) == ["2 tokens end within 14 days, the first of them in 2 days: a, b"])
        #expect(warnings.map(\.severity) == [.warning])
        #expect([Self.live("c", days: 15)].endingSoon(at: Self.now).isEmpty)
        #expect([Self.live("c", days: 0.2)].endingSoon(at: Self.now).map(\.message) == ["1 token ends today: c"])
        #expect([Self.live("c", days: 1.2)].endingSoon(at: Self.now).map(\.message) == ["1 token ends in 1 day: c"])
    }

    @Test func `a token that is over is no warning of an end to come`() {
        #expect([Self.live("c", days: -1)].endingSoon(at: Self.now).isEmpty)
    }
}
