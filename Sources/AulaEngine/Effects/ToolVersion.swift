package import AulaModel

/// The version of a tool, and the oldest one that will do.
package struct ToolVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `2.91.0`, `v1.37.1`, `v1.32.4+k3s1`.
    package init?(_ text: some StringProtocol) {
        let numbers = text.drop { $0 == "v" }.split(separator: ".").prefix(2).map { part in
            Int(part.prefix(while: \.isNumber))
        }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor)
    }

    package static func < (left: ToolVersion, right: ToolVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    package var description: String { "\(major).\(minor)" }
}

extension Tool {
    /// The oldest version whose options and answers aula was written for.
    package var oldest: ToolVersion {
        switch self {
        case .kubectl: ToolVersion(1, 28)
        case .az: ToolVersion(2, 60)
        }
    }

    /// The call that asks a tool for its version.
    ///
    /// It costs `az` a third of a second, so it is made by `aula doctor`, and after a call that the tool did not
    /// understand, but not on every run.
    package var versionInvocation: ToolInvocation {
        switch self {
        case .kubectl: ToolInvocation(self, ["version", "--client", "--output", "json"])
        case .az: ToolInvocation(self, ["version", "--output", "json"])
        }
    }

    /// Finds the version in the answer to `versionInvocation`.
    package func version(in answer: JSON) -> ToolVersion? {
        switch self {
        case .kubectl: answer[["clientVersion", "gitVersion"]]?.string.flatMap { ToolVersion($0) }
        case .az: answer["azure-cli"]?.string.flatMap { ToolVersion($0) }
        }
    }
}
