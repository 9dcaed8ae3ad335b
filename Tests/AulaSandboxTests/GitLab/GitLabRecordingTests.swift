import AulaModel
import AulaSandbox
import Foundation
import Testing

/// Sends the calls that python-gitlab was recorded to make; checks status, wording and the form of the answers.
@Suite struct GitLabRecordingTests {
    private static let data = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data").standardizedFileURL

    /// The status of the calls whose answer is not 200 for a read or a change, 201 for a POST, 204 for a DELETE.
    private static let statuses: [String: Int] = [
        "gl.groups.delete(7)": 202, "g.delete(permanently_remove=True,full_path=...)": 202,
        "g.delete(query_data={...})": 202, "p.delete()": 202, "p.delete(query_data=...)": 202, "env.stop()": 200,
        "g.access_tokens.rotate(7)": 200, "sched.variables.delete('K')": 202, "sched.take_ownership()": 200,
        "p.protectedbranches.create({...})": 409,
    ]

    /// Calls for which the document names a fuller form than GitLab answers.
    private static let shorter: Set<String> = [
        "g.invitations.create({email,access_level})", "sched.variables.create", "sched.variables.delete('K')",
        "gl.version()",
    ]

    private static let calls = data.appending(path: "python-gitlab-8.6-calls.tsv")
    private static let document = data.appending(path: "gitlab-openapi-subset.yaml")
    private static let isThere = [calls, document].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }

    @Test(.enabled(if: isThere, "no recording and document of GitLab's API in ../shared"))
    func `python-gitlab's calls are answered as GitLab answers them`() async throws {
        let text = try String(contentsOf: Self.calls, encoding: .utf8)
        let forms = try OpenAPIForms(yaml: try String(contentsOf: Self.document, encoding: .utf8))
        var compared = 0
        var shaped = 0
        for line in text.split(separator: "\n") {
            let columns = line.split(separator: "\t", maxSplits: 1).map(String.init)
            let parts = columns[1].split(separator: " ", maxSplits: 3).map(String.init)
            guard parts[0] != "NOT" else { continue }
            let stage = try await GitLabStage(readyFor: columns[0])
            let body = parts.count > 3 ? try JSON(parsing: parts[3]) : nil
            let answer = await stage.client.send(
                parts[0], stage.translate(path: parts[1]), body.map(stage.translate(body:)))
            let usual = ["POST": 201, "DELETE": 204][parts[0]] ?? 200
            #expect(answer.status == Self.statuses[columns[0]] ?? usual, "\(columns[0]): \(answer.body.text)")
            compared += 1
            guard answer.status < 300, answer.body != .null, !Self.shorter.contains(columns[0]) else {
                continue
            }
            let problems = forms.problems(parts[0], path: parts[1], answer.body)
            #expect(problems ?? [] == [], "\(columns[0])")
            shaped += problems == nil ? 0 : 1
        }
        #expect(compared == 73)
        #expect(shaped > 35)
    }
}
