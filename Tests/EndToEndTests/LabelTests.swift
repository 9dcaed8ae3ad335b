import AulaModel
import AulaTestSupport
import Testing

/// Labels of the teams' projects, over HTTP.
@Suite(.timeLimit(.minutes(9))) struct LabelTests {
    @Test func `labels are made, found, mended and left behind`() async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(
                Cohorts.small(groups: "2") + "  labels: { bug: \"#D9534F\", \"in review\": \"#5bc0de\" }\n")
            let apply = try await sandbox.aula("apply", file, "--yes")
            #expect(apply.status == 0, "\(apply.transcript)")
            #expect(try await labels(sandbox) == ["bug #d9534f", "in review #5bc0de"])
            let made = try sandbox.writeCount()
            #expect(try await sandbox.aula("plan", file, "--detailed-exitcode").status == 0)
            #expect(try sandbox.writeCount() == made)

            #expect(try await sandbox.python(Self.call("PUT", "/bug", ##"{"color": "#000000"}"##)).status == 0)
            let drift = try await sandbox.aula("plan", file, "--detailed-exitcode")
            #expect(drift.status == 2)
            #expect(drift.output.contains("gitlab/label/demo/g1/api/bug"), "\(drift.transcript)")
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            #expect(try await labels(sandbox) == ["bug #d9534f", "in review #5bc0de"])

            #expect(try await sandbox.aula("destroy", file, "--confirm", "demo", "--allow-data-loss").status == 0)
            #expect(try await labels(sandbox) == ["bug #d9534f", "in review #5bc0de"])
        }
    }

    private func labels(_ sandbox: Sandbox) async throws -> [String] {
        let answer = try await sandbox.python(Self.call("GET", "", ""))
        try #require(answer.status == 0, "\(answer.transcript)")
        return (try JSON(parsing: answer.output).array ?? []).map {
            "\($0["name"]?.string ?? "") \($0["color"]?.string ?? "")"
        }
    }

    /// A request of a teacher who uses GitLab beside aula.
    private static func call(_ method: String, _ path: String, _ body: String) -> String {
        """
        import os, urllib.request
        project = "memo2-fiuba%2Fdemo%2Fg1%2Fapi"
        request = urllib.request.Request(
            os.environ["AULA_GITLAB_URL"] + "/api/v4/projects/" + project + "/labels\(path)", method="\(method)",
            data='''\(body)'''.encode() or None,
            headers={"Authorization": "Bearer " + os.environ["GITLAB_TOKEN"], "Content-Type": "application/json"})
        print(urllib.request.urlopen(request).read().decode())
        """
    }
}
