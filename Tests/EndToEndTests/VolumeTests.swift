import AulaTestSupport
import Foundation
import Testing

/// The size of a volume, in the file and in the cluster, through the real `kubectl`.
@Suite(.timeLimit(.minutes(9))) struct VolumeTests {
    private static func file(_ size: String, _ sandbox: Sandbox) throws -> String {
        try sandbox.write(
            Cohorts.small(
                groups: "1", components: "db: { template: postgres, storage: \(size) }", gitlab: nil))
    }

    /// The claim's identity and size.
    private static func claim(_ sandbox: Sandbox) async throws -> String {
        let asked = try await sandbox.kubectl(
            "-n", "demo-g1-test", "get", "persistentvolumeclaims", "-o",
            "jsonpath={range .items[*]}{.metadata.uid} {.spec.resources.requests.storage}{end}")
        #expect(asked.status == 0, "\(asked.transcript)")
        return asked.output
    }

    @Test func `a volume grows in place without loss where its class lets it, and the next plan is empty`() async throws
    {
        try await Sandbox.run { sandbox in
            let first = try await sandbox.aula("apply", try Self.file("8Gi", sandbox), "--yes", "--wait")
            #expect(first.status == 0, "\(first.transcript)")
            let before = try await Self.claim(sandbox)
            #expect(before.hasSuffix(" 8Gi"))
            let second = try await sandbox.aula("apply", try Self.file("16Gi", sandbox), "--yes", "--wait")
            #expect(second.status == 0, "\(second.transcript)")
            #expect(second.output.contains("grows in place, without loss"), "\(second.transcript)")
            #expect(!second.output.contains("DATA LOSS"), "\(second.transcript)")
            #expect(try await Self.claim(sandbox) == before.replacing(" 8Gi", with: " 16Gi"), "the same volume, larger")
            let plan = try await sandbox.aula("plan", try Self.file("16Gi", sandbox), "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.transcript)")
        }
    }

    @Test func `a volume that cannot grow is made anew as the plan says, and the next plan is empty`() async throws {
        try await Sandbox.run { sandbox in
            let classes = try await sandbox.kubectl("get", "storageclasses", "-o", "name")
            for name in classes.lines {
                let patched = try await sandbox.kubectl("patch", name, "--patch", #"{"allowVolumeExpansion":false}"#)
                #expect(patched.status == 0, "\(patched.transcript)")
            }
            let first = try await sandbox.aula("apply", try Self.file("8Gi", sandbox), "--yes", "--wait")
            #expect(first.status == 0, "\(first.transcript)")
            let before = try await Self.claim(sandbox)
            let refused = try await sandbox.aula("apply", try Self.file("16Gi", sandbox), "--yes")
            #expect(refused.status == 1, "\(refused.transcript)")
            #expect(refused.output.contains("DATA LOSS"), "\(refused.transcript)")
            let second = try await sandbox.aula(
                "apply", try Self.file("16Gi", sandbox), "--yes", "--allow-data-loss", "--wait")
            #expect(second.status == 0, "\(second.transcript)")
            let after = try await Self.claim(sandbox)
            #expect(after.hasSuffix(" 16Gi"), "\(after)")
            #expect(after.prefix(36) != before.prefix(36), "another volume")
            let plan = try await sandbox.aula("plan", try Self.file("16Gi", sandbox), "--detailed-exitcode")
            #expect(plan.status == 0, "\(plan.transcript)")
        }
    }
}
