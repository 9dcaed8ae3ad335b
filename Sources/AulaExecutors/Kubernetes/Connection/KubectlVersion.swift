import AulaEngine
import AulaModel

/// The version of the user's kubectl, which must speak to today's clusters.
struct KubectlVersion: Hashable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int

    static let oldest = KubectlVersion(major: 1, minor: 28)

    var description: String { "\(major).\(minor)" }

    static func < (left: KubectlVersion, right: KubectlVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads the answer of `kubectl version --client --output=json`; some builds write the minor as `28+`.
    init?(answer: JSON) {
        guard let version = answer["clientVersion"],
            let major = version["major"]?.string.flatMap({ Int($0.prefix(while: \.isNumber)) }),
            let minor = version["minor"]?.string.flatMap({ Int($0.prefix(while: \.isNumber)) })
        else { return nil }
        self.init(major: major, minor: minor)
    }

    /// - Throws: `ConnectionFailure` for a kubectl that is missing or too old.
    static func check(with tools: any ToolRunner) async throws {
        let result: ToolResult
        do {
            result = try await tools.run(ToolInvocation(.kubectl, ["version", "--client", "--output=json"]))
        } catch {
            throw ConnectionFailure(error, while: "asking kubectl for its version")
        }
        // A kubectl from before 1.28 may answer in another form, or refuse the flags.
        let version = (try? JSON(parsing: result.output)).flatMap(KubectlVersion.init(answer:))
        if let version, version >= oldest { return }
        let found = version.map { "kubectl \($0) is too old" } ?? "kubectl does not tell its version"
        throw ConnectionFailure.unreachable(
            "\(found); aula needs \(oldest) or newer", hint: "install a newer one, or name it with AULA_KUBECTL",
            mayPass: false)
    }
}
