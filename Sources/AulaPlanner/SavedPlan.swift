package import AulaModel
package import Foundation

/// A plan as it is kept: what was asked, what came of it, and by which another look is compared with it.
///
/// It holds no secret: what the file gives and what lives in the systems is read again by whoever carries it out.
package struct SavedPlan: Sendable, Equatable, Codable {
    /// The form of the text; a reader refuses any other.
    package static let version = 1

    package let version: Int
    package let options: PlanOptions
    package let plan: Plan
    package let signature: [String]

    package init(_ plan: Plan, _ options: PlanOptions) {
        version = Self.version
        self.options = options
        self.plan = plan
        signature = plan.signature
    }

    /// The same plan always gives the same bytes.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads what `encoded` wrote.
    ///
    /// - Throws: `DiagnosticError` for anything else, also for a plan whose signature is not its own.
    package init(reading data: Data) throws {
        let decoder = JSONDecoder()
        guard let kept = try? decoder.decode(Form.self, from: data) else {
            throw DiagnosticError("this is no plan of aula's", hint: "make one with `aula plan`")
        }
        guard kept.version == Self.version else {
            throw DiagnosticError(
                "this plan has the form \(kept.version), and this aula reads \(Self.version)",
                hint: "make the plan again with this aula")
        }
        do {
            self = try decoder.decode(SavedPlan.self, from: data)
        } catch {
            throw DiagnosticError("this plan is damaged", hint: "make it again with `aula plan`")
        }
        guard signature == plan.signature else {
            throw DiagnosticError("somebody changed this plan", hint: "make it again with `aula plan`")
        }
    }

    private struct Form: Codable {
        var version: Int
    }
}
