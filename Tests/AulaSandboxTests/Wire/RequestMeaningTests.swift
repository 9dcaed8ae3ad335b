import AulaSandbox
import Foundation
import Testing

@Suite struct RequestMeaningTests {
    private func isWrite(_ system: SandboxSystem, _ line: String, body: String = "") -> Bool {
        let parts = line.split(separator: " ")
        let target = parts[1].split(separator: "?")
        var request = SandboxRequest(method: String(parts[0]), path: String(target[0]), body: Data(body.utf8))
        if target.count > 1 {
            let pair = target[1].split(separator: "=")
            request.query = [(name: String(pair[0]), value: String(pair[1]))]
        }
        return RequestMeaning.isWrite(request, to: system)
    }

    @Test(
        "reads, whatever their method",
        arguments: [
            (SandboxSystem.kubernetes, "GET /api/v1/namespaces"),
            (.kubernetes, "HEAD /api"),
            (.kubernetes, "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"),
            (.kubernetes, "POST /apis/authorization.k8s.io/v1/subjectaccessreviews"),
            (.kubernetes, "POST /apis/authentication.k8s.io/v1/tokenreviews"),
            (.kubernetes, "POST /apis/coordination.k8s.io/v1/namespaces/aula/leases"),
            (.kubernetes, "PUT /apis/coordination.k8s.io/v1/namespaces/aula/leases/memo2"),
            (.kubernetes, "PATCH /api/v1/namespaces/a/configmaps/b?dryRun=All"),
            (.azure, "GET /subscriptions"),
            (.azure, "HEAD /subscriptions/s/resourcegroups/memo2"),
            (.azure, "POST /tenant/oauth2/v2.0/token"),
            (
                .azure,
                "POST /subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/c/listClusterUserCredential"
            ),
            (.azure, "POST /subscriptions/s/providers/Microsoft.CostManagement/query"),
            (.gitlab, "GET /api/v4/projects"),
            (.gitlab, "POST /oauth/token"),
            (.gitlab, "PUT /api/v4/groups/memo2/variables/AULA_LOCK"),
            (.gitlab, "DELETE /api/v4/groups/memo2/variables/AULA_LOCK"),
        ])
    func read(system: SandboxSystem, line: String) {
        #expect(!isWrite(system, line))
    }

    @Test(
        "writes",
        arguments: [
            (SandboxSystem.kubernetes, "PATCH /api/v1/namespaces/a/configmaps/b"),
            (.kubernetes, "POST /api/v1/namespaces"),
            (.kubernetes, "DELETE /api/v1/namespaces/a"),
            (.kubernetes, "POST /api/v1/namespaces/a/serviceaccounts/deployer/token"),
            (.azure, "PUT /subscriptions/s/resourcegroups/memo2"),
            (
                .azure,
                "POST /subscriptions/s/resourceGroups/r/providers/Microsoft.ContainerService/managedClusters/c/stop"
            ),
            (.azure, "DELETE /subscriptions/s/resourcegroups/memo2"),
            (.gitlab, "POST /api/v4/projects"),
            (.gitlab, "PUT /api/v4/projects/1/variables/KUBE_TOKEN"),
            (.gitlab, "POST /api/v4/projects/1/archive"),
        ])
    func write(system: SandboxSystem, line: String) {
        #expect(isWrite(system, line))
    }

    @Test func `the lock variable is told from others by the key in the body`() {
        let path = "POST /api/v4/groups/memo2/variables"
        #expect(!isWrite(.gitlab, path, body: #"{"key": "AULA_LOCK", "value": "x"}"#))
        #expect(!isWrite(.gitlab, path, body: "value=x&key=AULA_LOCK"))
        #expect(isWrite(.gitlab, path, body: #"{"key": "KUBE_TOKEN", "value": "AULA_LOCK"}"#))
    }

    @Test func `a GraphQL mutation writes, a query does not`() {
        #expect(!isWrite(.gitlab, "POST /api/graphql", body: #"{"query": "query { currentUser { id } }"}"#))
        #expect(isWrite(.gitlab, "POST /api/graphql", body: #"{"query": "\n mutation { x }"}"#))
    }
}
