import AulaTestSupport
import Testing

/// A list that was not read to its end is no list: nothing is pruned on it.
@Suite(.timeLimit(.minutes(9))) struct PartialReadTests {
    /// What strikes the second page of every LIST of ConfigMaps.
    static let troubles = [
        "answer: { status: 500, body: { kind: Status, status: Failure, message: broken, code: 500 } }",
        "drop: request",
        "drop: 100",
        "answer: { status: 410, body: { kind: Status, status: Failure, reason: Expired, message: gone, code: 410 } }",
    ]

    @Test(arguments: troubles) func `a LIST that fails in the middle prunes nothing`(trouble: String) async throws {
        try await Sandbox.run { sandbox in
            let file = try sandbox.write(Cohorts.small(groups: "2", gitlab: nil))
            #expect(try await sandbox.aula("apply", file, "--yes").status == 0)
            let made = try await sandbox.python(Self.manyConfigMaps)
            #expect(made.status == 0, "\(made.transcript)")
            _ = try sandbox.write(Cohorts.small(groups: "1", gitlab: nil))
            try await sandbox.setFaults(
                """
                faults:
                  - system: kubernetes
                    method: GET
                    path: "/api/v1/**/configmaps"
                    query: { continue: "*" }
                    \(trouble)

                """)
            let count = try sandbox.requests().count
            let apply = try await sandbox.aula("apply", file, "--yes", "--allow-data-loss")
            #expect(apply.status == 1, "\(apply.transcript)")
            #expect(try sandbox.writes(since: count).filter { $0.hasPrefix("DELETE") } == [])
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g2-test").status == 0)
            let destroy = try await sandbox.aula("destroy", file, "--confirm", "demo", "--allow-data-loss")
            #expect(destroy.status != 0, "\(destroy.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g2-test").status == 0)

            try await sandbox.setFaults("")
            let whole = try await sandbox.aula("apply", file, "--yes", "--allow-data-loss")
            #expect(whole.status == 0, "\(whole.transcript)")
            #expect(try await sandbox.kubectl("get", "namespace", "demo-g2-test").status == 1)
        }
    }

    /// 600 objects that carry the cohort's mark: more than one page.
    private static let manyConfigMaps = """
        import http.client, json, os, ssl, base64, re, urllib.parse
        text = open(os.environ["KUBECONFIG"]).read()
        server = re.search(r"server: (\\S+)", text).group(1)
        token = re.search(r"token: (\\S+)", text).group(1)
        ca = base64.b64decode(re.search(r"certificate-authority-data: (\\S+)", text).group(1)).decode()
        url = urllib.parse.urlparse(server)
        link = http.client.HTTPSConnection(url.hostname, url.port, context=ssl.create_default_context(cadata=ca))
        labels = {"app.kubernetes.io/managed-by": "aula", "aula.dev/id": "d3m0d3m0", "aula.dev/cohort": "demo"}
        for number in range(600):
            body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"many-{number}", "labels": labels}}
            link.request("POST", url.path + "/api/v1/namespaces/demo-g2-test/configmaps", json.dumps(body),
                {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
            answer = link.getresponse()
            answer.read()
            assert answer.status == 201, answer.status
        """
}
