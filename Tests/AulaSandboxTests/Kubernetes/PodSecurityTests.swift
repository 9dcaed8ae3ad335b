import AulaModel
import AulaSandbox
import Foundation
import Testing

/// The labels of a namespace decide which pods it takes.
@Suite struct PodSecurityTests {
    private static func labelled(_ labels: JSON) async -> Cluster {
        let cluster = Cluster()
        await cluster.send("POST", "/api/v1/namespaces", ["metadata": ["name": "n", "labels": labels]])
        return cluster
    }

    private func pod(_ container: JSON = [:], pod: JSON = [:]) -> JSON {
        var container = container
        container["name"] = "app"
        container["image"] = "registry.example/app:1"
        var spec = pod
        spec["containers"] = [container]
        return ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"], "spec": spec]
    }

    private let safe: JSON = [
        "securityContext": [
            "allowPrivilegeEscalation": false, "runAsNonRoot": true, "capabilities": ["drop": ["ALL"]],
            "seccompProfile": ["type": "RuntimeDefault"],
        ]
    ]

    @Test func `the restricted standard names every rule that a plain pod breaks`() async {
        let cluster = await Self.labelled(["pod-security.kubernetes.io/enforce": "restricted"])
        let refused = await cluster.send("POST", "/api/v1/namespaces/n/pods", pod())
        #expect(refused.status == 403)
        #expect(
            refused.message
                == "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != "
                + "false (container \"app\" must set securityContext.allowPrivilegeEscalation=false), unrestricted "
                + "capabilities (container \"app\" must set securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot "
                + "!= true (pod or container \"app\" must set securityContext.runAsNonRoot=true), seccompProfile (pod "
                + "or container \"app\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or "
                + "\"Localhost\")")
        #expect(await cluster.send("POST", "/api/v1/namespaces/n/pods", pod(safe)).status == 201)
    }

    @Test(
        arguments: [
            ([:], ["hostNetwork": true], "host namespaces (hostNetwork=true)"),
            ([:], ["volumes": [["name": "h", "hostPath": ["path": "/"]]]], "hostPath volumes (volume \"h\")"),
            (
                ["securityContext": ["privileged": true]], [:],
                "privileged (container \"app\" must not set securityContext.privileged=true)"
            ),
            (["ports": [["containerPort": 80, "hostPort": 80]]], [:], "hostPort (container \"app\" uses hostPort 80)"),
            (
                ["securityContext": ["capabilities": ["add": ["NET_ADMIN"]]]], [:],
                "non-default capabilities (container \"app\" must not include \"NET_ADMIN\" in "
                    + "securityContext.capabilities.add)"
            ),
        ] as [(JSON, JSON, String)])
    func `the baseline keeps a pod from the node`(container: JSON, spec: JSON, violation: String) async {
        let cluster = await Self.labelled(["pod-security.kubernetes.io/enforce": "baseline"])
        let refused = await cluster.send("POST", "/api/v1/namespaces/n/pods", pod(container, pod: spec))
        #expect(refused.status == 403)
        #expect(refused.message == "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": \(violation)")
        #expect(await cluster.send("POST", "/api/v1/namespaces/n/pods", pod()).status == 201)
    }

    @Test func `a deployment is taken with a warning, and its pods are not`() async {
        let cluster = await Self.labelled([
            "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted",
        ])
        let taken = await cluster.send(
            "POST", "/apis/apps/v1/namespaces/n/deployments", Cluster.deployment("d"))
        #expect(taken.status == 201)
        #expect(taken.headers["Warning"]?.contains("would violate PodSecurity") == true, "\(taken.headers)")
        await cluster.wait(2)
        #expect(await cluster.get("/api/v1/namespaces/n/pods")["items"] == [])
        let sets = await cluster.get("/apis/apps/v1/namespaces/n/replicasets")["items"]?[0]
        let reasons = sets?[["status", "conditions"]]?.array?.compactMap { $0["reason"]?.string }
        #expect(reasons == ["FailedCreate"])
    }

    @Test func `a level that does not exist is refused as a label`() async {
        let refused = await Cluster().send(
            "POST", "/api/v1/namespaces",
            ["metadata": ["name": "n", "labels": ["pod-security.kubernetes.io/enforce": "strict"]]])
        #expect(refused.status == 422)
        #expect(refused.message.contains("must be one of privileged, baseline, restricted"), "\(refused.message)")
    }
}
