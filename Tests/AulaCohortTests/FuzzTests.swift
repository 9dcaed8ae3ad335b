import AulaCohort
import AulaModel
import Foundation
import Testing

/// Thousands of damaged files, the same ones in every run: each is either read or told what is wrong with it.
@Suite(.timeLimit(.minutes(2))) struct FuzzTests {
    @Test(arguments: 0..<8)
    func `no damage to a file is more than a finding`(seed: Int) throws {
        let original = Array(try SourceFile.cohort(named: "memo2.yaml").text.utf8)
        var random = SplitMix64(state: UInt64(seed))
        var (read, refused) = (0, 0)
        for _ in 0..<500 {
            let damaged = Damage.random(using: &random).done(to: original, using: &random)
            guard let file = try? SourceFile.decode(path: "c", data: Data(damaged)) else { continue }
            let (cohort, diagnostics) = CohortParser.parse(file)
            let hasError = diagnostics.contains { $0.severity == .error }
            #expect((cohort == nil) == hasError, "a cohort exactly when there is no error: \(file.text)")
            #expect(diagnostics.allSatisfy { $0.position != nil }, "every finding has a position: \(diagnostics)")
            if cohort == nil { refused += 1 } else { read += 1 }
            _ = try? CohortFile.adding(id: "abcd1234", to: file)
        }
        #expect(read > 0)
        #expect(refused > 0)
    }
}

/// Ways to spoil a text.
private enum Damage: CaseIterable {
    case flip, drop, double, cut, insert, move

    private static let pieces = [
        "[", "]", "{", "}", "- ", ": ", "? ", "&a ", "*a", "<<: ", "!!int ", "'", "\"", "|\n", ">\n", "\n", "\t", "# ",
        "---\n", "...\n", "%YAML 1.1\n", "~", "\u{0}", "é", "\u{FEFF}", "\\uD800", "0x10", "1e400", "-", ",", "@", "`",
    ]

    static func random(using random: inout SplitMix64) -> Damage {
        allCases.randomElement(using: &random) ?? .flip
    }

    func done(to original: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var text = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let from = Int.random(in: 0..<max(1, text.count), using: &random)
            let part = from..<min(text.count, from + Int.random(in: 1...40, using: &random))
            guard !part.isEmpty else { return text }
            switch self {
            case .flip: text[from] = UInt8.random(in: .min ... .max, using: &random)
            case .drop: text.removeSubrange(part)
            case .double: text.insert(contentsOf: text[part], at: from)
            case .cut: text.removeSubrange(from...)
            case .insert: text.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: from)
            case .move:
                let moved = Array(text[part])
                text.removeSubrange(part)
                text.insert(contentsOf: moved, at: Int.random(in: 0...text.count, using: &random))
            }
        }
        return text
    }
}

/// A small generator with a seed (Steele, Lea and Flood, 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
