import AulaModel
import Foundation
import Testing

@Suite struct SecretTests {
    private let secret = Secret("correct-horse-battery")

    @Test func `a secret cannot be encoded or hashed`() {
        let anything: Any = secret
        #expect(!(anything is any Encodable))
        #expect(!(anything is any Hashable))
        let output: Any = Output.secret(secret)
        #expect(!(output is any Encodable))
        #expect(!(output is any Hashable))
    }

    @Test func `a secret cannot be printed, dumped or reflected, alone or inside a value`() {
        var dumped = ""
        dump(secret, to: &dumped)
        let observed = Observed(
            identity: "u", attributes: [:], secrets: [["data", "password"]: secret], mark: nil,
            outputs: ["password": .secret(secret)])
        dump(observed, to: &dumped)
        let texts = ["\(secret)", String(reflecting: secret), "\(observed)", String(reflecting: observed), dumped]
        for text in texts { #expect(!text.contains("horse"), "\(text)") }
        #expect("\(secret)" == "[secret]")
    }

    @Test func `a secret is scrubbed from the moment of its birth, in every form in which it travels`() {
        let text = "born-\(UUID().uuidString)"
        #expect(Secret.scrub("the token \(text)!") == "the token \(text)!")
        _ = Secret(text)
        #expect(Secret.scrub("the token \(text)!") == "the token [secret]!")
        #expect(Secret.scrub(Data(text.utf8).base64EncodedString()) == "[secret]")
    }

    @Test func `a student who writes a sentence into a Secret takes it out of no line`() {
        _ = Secret(found: "DATA LOSS: 2 volumes inside")
        _ = Secret(found: "DATA LOSS")
        #expect(Secret.scrub("DATA LOSS: 2 volumes inside") == "DATA LOSS: 2 volumes inside")
        let password = "p\(UUID().uuidString)"
        _ = Secret(found: password)
        #expect(Secret.scrub(password) == "[secret]")
    }

    @Test func `what is put together of a secret is one`() {
        let source = Address.kubernetes("Secret", "n", "token")
        let value = LateValue.base64(.joined([.text("user:"), .output(source, "token")]))
        let open = value.resolved { _, _ in "abc" }
        #expect(open == .plain(Data("user:abc".utf8).base64EncodedString()))
        let hidden = value.resolved { _, _ in .secret(Secret(unlisted: "abc")) }
        #expect(hidden == .secret(Secret(unlisted: Data("user:abc".utf8).base64EncodedString())))
        #expect(hidden?.plain == nil)
    }

    @Test func `a plan's change forgets every secret of what was seen`() {
        let observed = Observed(
            identity: "u", attributes: ["data": ["password": .null]], secrets: [["data", "password"]: secret],
            mark: nil, outputs: ["password": .secret(secret), "id": "7"])
        let change = Change(
            address: .kubernetes("Secret", "n", "db"), action: .update, slot: Slot(), observed: observed)
        #expect(change.observed?.secrets.isEmpty == true)
        #expect(change.observed?.outputs == ["id": "7"])
    }
}
