import AulaModel
import AulaSandbox
import Foundation
import Testing

@Suite struct AccessTests {
    /// A cluster with an account in `n` that holds `rules` there, and the token of its Secret.
    private func deployer(_ settings: ClusterSettings = ClusterSettings()) async throws -> (Cluster, String) {
        let cluster = Cluster(settings)
        await cluster.namespace("n")
        await cluster.namespace("other")
        await cluster.send("POST", "/api/v1/namespaces/n/serviceaccounts", ["metadata": ["name": "deployer"]])
        await cluster.send(
            "POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/n/rolebindings",
            [
                "metadata": ["name": "deployer"],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"],
                "subjects": [["kind": "ServiceAccount", "name": "deployer", "namespace": "n"]],
            ])
        await cluster.send(
            "POST", "/api/v1/namespaces/n/secrets",
            [
                "metadata": [
                    "name": "token", "annotations": ["kubernetes.io/service-account.name": "deployer"],
                ], "type": "kubernetes.io/service-account-token",
            ])
        await cluster.wait(0.3)
        let data = await cluster.get("/api/v1/namespaces/n/secrets/token")[["data", "token"]]?.string
        let token = try #require(data.flatMap { Data(base64Encoded: $0) })
        return (cluster, String(decoding: token, as: UTF8.self))
    }

    @Test func `a deployer's token works in its namespace and is refused in its neighbour's`() async throws {
        let (cluster, token) = try await deployer()
        let path = "/apis/apps/v1/namespaces/n/deployments"
        #expect(await cluster.send("POST", path, Cluster.deployment("web"), token: token).status == 201)
        let refused = await cluster.send("GET", "/api/v1/namespaces/other/pods", token: token)
        #expect(refused.status == 403)
        #expect(refused.message.contains("User \"system:serviceaccount:n:deployer\" cannot list resource \"pods\""))
        #expect(await cluster.send("GET", "/api/v1/namespaces", token: token).status == 403)
    }

    @Test func `nobody hands out more than he holds`() async throws {
        let (cluster, token) = try await deployer()
        await cluster.send(
            "POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/n/rolebindings",
            [
                "metadata": ["name": "admin"],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"],
                "subjects": [["kind": "ServiceAccount", "name": "deployer", "namespace": "n"]],
            ])
        let answer = await cluster.send(
            "POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/n/roles",
            [
                "metadata": ["name": "more"],
                "rules": [["apiGroups": ["storage.k8s.io"], "resources": ["storageclasses"], "verbs": ["delete"]]],
            ], token: token)
        #expect(answer.status == 403)
        #expect(answer.message.contains("attempting to grant RBAC permissions not currently held"))
    }

    @Test func `a token dies with its Secret`() async throws {
        let (cluster, token) = try await deployer()
        await cluster.send("DELETE", "/api/v1/namespaces/n/secrets/token")
        #expect(await cluster.send("GET", "/api/v1/namespaces/n/pods", token: token).status == 401)
    }

    @Test func `a requested token expires, and is no longer than the cluster allows`() async throws {
        var settings = ClusterSettings()
        settings.tokenCapSeconds = 3600
        let (cluster, _) = try await deployer(settings)
        let answer = await cluster.send(
            "POST", "/api/v1/namespaces/n/serviceaccounts/deployer/token", ["spec": ["expirationSeconds": 86_400]])
        #expect(answer.body[["spec", "expirationSeconds"]] == 3600)
        #expect(
            answer.headers["Warning"]
                == "299 - \"requested expiration of 86400 seconds shortened to 3600 seconds\"")
        let token = try #require(answer.body[["status", "token"]]?.string)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n/pods", token: token).status == 200)
        await cluster.wait(3601)
        #expect(await cluster.send("GET", "/api/v1/namespaces/n/pods", token: token).status == 401)
    }

    @Test("a requested token lives ten minutes or longer", arguments: [(599, 422), (600, 201)])
    func tokenMinimum(seconds: Int, status: Int) async {
        let answer = await Cluster().send(
            "POST", "/api/v1/namespaces/default/serviceaccounts/default/token",
            ["spec": ["expirationSeconds": .int(seconds)]])
        #expect(answer.status == status)
        #expect(answer.message.contains("may not specify a duration less than 10 minutes") == (status == 422))
        #expect(answer.headers["Warning"] == nil)
    }

    @Test func `a token is not bound to a Secret that was made anew`() async {
        let cluster = Cluster()
        await cluster.send("POST", "/api/v1/namespaces/default/secrets", ["metadata": ["name": "s"]])
        let answer = await cluster.send(
            "POST", "/api/v1/namespaces/default/serviceaccounts/default/token",
            ["spec": ["boundObjectRef": ["apiVersion": "v1", "kind": "Secret", "name": "s", "uid": "gone"]]])
        #expect(answer.status == 409)
        #expect(answer.message.contains("the UID in the bound object reference (gone) does not match"))
    }

    @Test func `a slow token controller fills the Secret late`() async {
        var settings = ClusterSettings()
        settings.tokenDelaySeconds = 20
        let cluster = Cluster(settings)
        await cluster.namespace("n")
        await cluster.send(
            "POST", "/api/v1/namespaces/n/secrets",
            [
                "metadata": ["name": "t", "annotations": ["kubernetes.io/service-account.name": "default"]],
                "type": "kubernetes.io/service-account-token",
            ])
        await cluster.wait(10)
        #expect(await cluster.get("/api/v1/namespaces/n/secrets/t")["data"] == nil)
        await cluster.wait(11)
        #expect(await cluster.get("/api/v1/namespaces/n/secrets/t")[["data", "token"]] != nil)
    }

    @Test func `what only a real server answers is answered with its name`() async {
        let answer = await Cluster().send("GET", "/api/v1/namespaces/default/pods/web/exec")
        #expect(answer.status == 501)
        #expect(answer.message.contains("GET /api/v1/namespaces/default/pods/web/exec"))
    }

    @Test func `a group that nobody has is not found without a status, a resource with one`() async {
        let group = await Cluster().send("GET", "/apis/example.com/v1/things")
        #expect(group.status == 404)
        #expect(group.body == "404 page not found\n")
        let resource = await Cluster().send("GET", "/apis/apps/v1/unicorns")
        #expect(resource.status == 404)
        #expect(resource.body["reason"] == "NotFound")
        #expect(resource.message == "the server could not find the requested resource")
    }
}
