import Foundation

/// A process, told apart from a later one that got the same number.
package struct ProcessIdentity: Hashable, Sendable {
    package var number: Int32
    /// Clock ticks since the machine started, from `/proc`; nil where there is no such file.
    package var startTime: String?

    package init(number: Int32, startTime: String?) {
        self.number = number
        self.startTime = startTime
    }

    /// This process.
    package static var own: ProcessIdentity {
        let number = ProcessInfo.processInfo.processIdentifier
        return ProcessIdentity(number: number, startTime: startTime(of: number))
    }

    /// Whether that very process still runs.
    package var isAlive: Bool {
        guard kill(number, 0) == 0 || errno == EPERM else { return false }
        guard let startTime, let now = Self.startTime(of: number) else { return true }
        return startTime == now
    }

    /// The 22nd field of `/proc/N/stat`; the second may hold spaces and ends with the last parenthesis.
    private static func startTime(of number: Int32) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
            let name = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }
}

extension ProcessIdentity: LosslessStringConvertible {
    /// `4711 123456`, as written into a file.
    package var description: String { startTime.map { "\(number) \($0)" } ?? "\(number)" }

    package init?(_ description: String) {
        let words = description.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, let number = Int32(first) else { return nil }
        self.init(number: number, startTime: words.count > 1 ? String(words[1]) : nil)
    }
}
