import AulaModel
import AulaReport
import AulaTestSupport
import AulaTokens
import Foundation
import Testing

/// Whoever writes a name, a reason or a message must not write to the teacher's terminal.
@Suite struct DoorTests {
    private static let hostile = "x\u{1B}[2J\u{1B}]0;pwned\u{07}\u{9B}1A\r\u{8}\u{202E}y"

    @Test func `colours of ours pass the door, and nothing else that moves or erases`() {
        #expect(Door.painted("\u{1B}[32mgood\u{1B}[0m\nplain") == "\u{1B}[32mgood\u{1B}[0m\nplain")
        let clean = Door.painted("error: the lock is held by \(Self.hostile)\n")
        #expect(!clean.unicodeScalars.contains { $0.isTerminalControl && $0 != "\n" }, "\(clean)")
        #expect(clean.contains("x\\u{1b}[2J"), "\(clean)")
    }

    @Test(arguments: OutputFormat.allCases)
    func `no form of a report lets through what others wrote for a terminal`(format: OutputFormat) throws {
        let hostile = Self.hostile
        let plan = Plan(
            purpose: .apply, mark: Mark(cohort: hostile, id: "x"),
            targets: [Target(system: .kubernetes, description: hostile)],
            changes: [
                Change(
                    address: .kubernetes("ConfigMap", "n", hostile), action: .update,
                    slot: Slot(group: hostile, environment: hostile),
                    fields: [FieldChange(path: hostile, old: .string(hostile), new: 1, cause: .drift(hostile))],
                    reason: hostile, dataLoss: hostile)
            ], blocked: [Blocked(.system(.gitlab), .unread(hostile))],
            foreign: [
                Foreign(
                    address: .kubernetes("Pod", "n", hostile), container: .namespace(hostile), owner: hostile)
            ], kept: [.namespace(hostile)], diagnostics: [Diagnostic(.warning, hostile, hint: hostile)],
            part: hostile)
        let token = DeployerToken(
            name: .kubernetes("Secret", "n", hostile), namespace: hostile, slot: Slot(), made: hostile,
            expires: hostile, secret: nil)
        var texts = [try format.render(PlanReport(plan, detail: .full)), try format.render(PlanReport(plan))]
        if format != .csv {
            texts += [
                try format.render(DiagnosticsReport(plan.diagnostics)),
                try format.render(TokenFindings([TokenFinding(token: token, result: .unknown(hostile))])),
            ]
        }
        texts.append(try format.render(TokenReport(.sample(), [token], now: Date(timeIntervalSince1970: 0))))
        for text in texts {
            let controls = text.replacing("\r\n", with: "\n").unicodeScalars.filter {
                $0.isTerminalControl && $0 != "\n"
            }
            #expect(controls.isEmpty, "\(text.debugDescription)")
        }
    }
}
