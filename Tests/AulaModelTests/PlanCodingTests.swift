import AulaModel
import Foundation
import Testing

@Suite struct PlanCodingTests {
    @Test(arguments: 0..<200)
    func `any plan comes back from JSON as it was`(seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let plan = dice.plan()
        let data = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(Plan.self, from: data) == plan)
        #expect(try JSONDecoder().decode(Plan.self, from: data).signature == plan.signature)
        #expect(!String(decoding: data, as: UTF8.self).contains("hush"))
    }
}

/// Throws together plans out of everything that a plan may hold.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    private mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(sides))
    }

    private mutating func one<Value>(of values: [Value]) -> Value { values[roll(values.count)] }
    private mutating func maybe<Value>(_ value: (inout Dice) -> Value) -> Value? {
        roll(2) == 0 ? nil : value(&self)
    }
    private mutating func some<Value>(_ value: (inout Dice) -> Value) -> [Value] {
        (0..<roll(4)).map { _ in value(&self) }
    }

    private mutating func word() -> String {
        one(of: ["", "api", "ñandú", "a \"quoted\" one", "line\nbreak", "glob*?", "🦅", "0123", "null"])
    }

    private mutating func address() -> Address {
        .kubernetes(one(of: ["Secret", "Deployment", "ConfigMap"]), maybe { "n\($0.word())" }, "a\(word())")
    }

    private mutating func part() -> Observation.Part {
        one(of: [
            .thing(address()), .system(.gitlab), .system(.kubernetes, site: word()), .kind(.claim),
            .inside(.gitlabProject("memo2", "g1", word()), .gitlabVariable), .strangers(.kubernetes),
        ])
    }

    private mutating func cause() -> Blocked.Cause {
        one(of: [
            .unread(word()), .insideUnread(word()), .waits(address()), .leftOut(address()), .taken, .othersCohort,
        ])
    }

    private mutating func slot() -> Slot {
        Slot(group: maybe { $0.word() }, environment: maybe { $0.word() }, component: maybe { $0.word() })
    }

    private mutating func json(_ depth: Int = 3) -> JSON {
        switch roll(depth == 0 ? 5 : 7) {
        case 0: .null
        case 1: .bool(roll(2) == 0)
        case 2: .int(one(of: [0, -1, 1 << 53, 8080]))
        case 3: .double(one(of: [0.5, -2.25, 1e-9]))
        case 4: .string(word())
        case 5: .array(some { $0.json(depth - 1) })
        default: .object(JSONObject(some { ($0.word(), $0.json(depth - 1)) }))
        }
    }

    private mutating func lateValue(_ depth: Int = 2) -> LateValue {
        switch roll(depth == 0 ? 3 : 5) {
        case 0: .text(word())
        case 1: .output(address(), word())
        case 2: .given
        case 3: .base64(lateValue(depth - 1))
        default: .joined(some { $0.lateValue(depth - 1) })
        }
    }

    private mutating func resource() -> Resource {
        Resource(
            address: address(), slot: slot(), body: json(),
            late: some {
                LateField(
                    path: $0.some { $0.word() }, value: $0.lateValue(), secret: $0.roll(2) == 0, once: $0.roll(2) == 0,
                    compared: $0.roll(2) == 0)
            }, dependsOn: some { $0.address() }, container: maybe { $0.address() },
            lifecycle: Lifecycle(
                initial: maybe { $0.json() }.flatMap { $0 == .null ? nil : $0 },
                generated: some { GeneratedField(path: $0.some { $0.word() }, length: $0.roll(99)) },
                holdsData: roll(2) == 0, replacedWith: some { $0.address() },
                ending: one(of: [.delete, .archive, .keep]), existing: roll(2) == 0))
    }

    private mutating func observed() -> Observed {
        Observed(
            identity: word(), attributes: json(), secrets: [["data", word()]: Secret(unlisted: "hush")],
            mark: maybe { Mark(cohort: $0.word(), id: $0.word(), origin: $0.one(of: Mark.Origin.allCases)) },
            slot: slot(), outputs: ["id": .plain(word()), "token": .secret(Secret(unlisted: "hush"))],
            container: maybe { $0.address() }, holdsData: roll(2) == 0, ending: one(of: [.delete, .archive, .keep]),
            managers: [FieldManager(name: word(), operation: "Apply", fields: json())],
            transition: maybe { $0.one(of: [.inProgress($0.word()), .leaving($0.word()), .failed($0.word())]) })
    }

    private mutating func field() -> FieldChange {
        FieldChange(
            path: word(), old: maybe { .string($0.word()) }, new: maybe { .int($0.roll(9)) }, secret: roll(3) == 0,
            knownAfterApply: roll(2) == 0, forcesReplacement: roll(2) == 0,
            cause: one(of: [.file, .takenAway, .drift(word())]))
    }

    private mutating func change() -> Change {
        Change(
            address: address(), action: one(of: Change.Action.allCases), slot: slot(), desired: maybe { $0.resource() },
            observed: maybe { $0.observed() }, fields: some { $0.field() }, reason: maybe { $0.word() },
            dataLoss: maybe { $0.word() }, contents: roll(50), dependsOn: some { $0.address() })
    }

    mutating func plan() -> Plan {
        Plan(
            purpose: one(of: [.apply, .destroy]), mark: Mark(cohort: word(), id: word()),
            targets: some { Target(system: $0.one(of: System.allCases), description: $0.word()) },
            changes: some { $0.change() },
            blocked: some { Blocked($0.part(), slot: $0.slot(), $0.cause()) },
            foreign: some {
                Foreign(
                    address: $0.address(), container: $0.address(), owner: $0.word(), byDeployer: $0.roll(2) == 0,
                    identity: $0.maybe { $0.word() }, holdsData: $0.roll(2) == 0)
            }, kept: some { $0.address() },
            diagnostics: some {
                Diagnostic(
                    $0.one(of: [.error, .warning]), $0.word(),
                    at: $0.maybe { SourcePosition(file: $0.word(), line: $0.roll(9), column: $0.roll(9)) },
                    hint: $0.maybe { $0.word() })
            }, unchanged: roll(999))
    }
}
