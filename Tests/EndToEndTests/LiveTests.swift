import AulaTestSupport
import Foundation
import Testing

/// What must hold in every Kubernetes, be it kind, minikube, k3s or a cloud's; `make test-live` runs it.
@Suite(
    .enabled(if: LiveCluster.isThere, "no real cluster was named: KUBECONFIG=… make test-live"),
    .serialized, .timeLimit(.minutes(10)))
struct LiveTests {
    @Test func `a class is made, found unchanged, mended and taken down`() async throws {
        try await LiveCluster.run { live in
            let file = try await live.cohort()
            let first = try await live.aula("apply", file, "--yes", "--no-wait")
            #expect(first.status == 0, "\(first.transcript)")
            let second = try await live.aula("apply", file, "--yes", "--no-wait")
            #expect(second.output.contains("No changes."), "\(second.transcript)")

            let namespace = "\(live.name)-g1-test"
            #expect(try await live.kubectl("-n", namespace, "delete", "configmap", "environment").status == 0)
            let plan = try await live.aula("plan", file, "--detailed-exitcode")
            #expect(plan.status == 2, "\(plan.transcript)")
            #expect(try await live.aula("apply", file, "--yes", "--no-wait").status == 0)
            #expect(try await live.kubectl("-n", namespace, "get", "configmap", "environment").status == 0)

            let destroyed = try await live.aula("destroy", file, "--confirm", live.name)
            #expect(destroyed.status == 0, "\(destroyed.transcript)")
            let left = try await live.kubectl("get", "namespaces", "-l", "aula.dev/id=\(live.id)", "-o", "name")
            #expect(left.output == "", "\(left.transcript)")
        }
    }

    @Test func `a deployer may deploy at home and nowhere else`() async throws {
        try await LiveCluster.run { live in
            let file = try await live.cohort()
            let made = try await live.aula("apply", file, "--yes", "--no-wait")
            #expect(made.status == 0, "\(made.transcript)")
            let account = "system:serviceaccount:\(live.name)-g1-test:gitlab-deployer"
            for (namespace, answer) in [("g1-test", "yes"), ("g2-test", "no"), ("aula", "no")] {
                let allowed = try await live.kubectl(
                    "auth", "can-i", "patch", "deployments.apps", "-n", "\(live.name)-\(namespace)", "--as", account)
                #expect(allowed.output.hasPrefix(answer), "\(namespace): \(allowed.transcript)")
            }
        }
    }

    @Test func `what somebody else put into a namespace keeps it`() async throws {
        try await LiveCluster.run { live in
            let file = try await live.cohort(groups: "1")
            #expect(try await live.aula("apply", file, "--yes", "--no-wait").status == 0)
            let namespace = "\(live.name)-g1-test"
            let made = try await live.kubectl(
                "-n", namespace, "create", "configmap", "precious", "--from-literal=a=1", "--field-manager=teacher")
            #expect(made.status == 0, "\(made.transcript)")
            let refused = try await live.aula("destroy", file, "--confirm", live.name)
            #expect(refused.status == 5, "\(refused.transcript)")
            #expect(try await live.kubectl("-n", namespace, "get", "configmap", "precious").status == 0)
            let whole = try await live.aula(
                "destroy", file, "--confirm", live.name, "--with-contents", "kubernetes/Namespace/\(namespace)")
            #expect(whole.status == 0, "\(whole.transcript)")
        }
    }

    @Test func `a run elsewhere keeps others out until its lock lapses`() async throws {
        try await LiveCluster.run { live in
            let small = try await live.cohort(groups: "1")
            #expect(try await live.aula("apply", small, "--yes", "--no-wait").status == 0)
            let now = Date().formatted(.iso8601).dropLast()
            let held = try await live.kubectl(
                "create", "-f", "-",
                input: """
                    apiVersion: coordination.k8s.io/v1
                    kind: Lease
                    metadata: { name: aula, namespace: \(live.name)-aula }
                    spec:
                      holderIdentity: grace@elsewhere process 1 2
                      leaseDurationSeconds: 30
                      acquireTime: "\(now).000000Z"
                      renewTime: "\(now).000000Z"
                    """)
            #expect(held.status == 0, "\(held.transcript)")
            let file = try await live.cohort(groups: "2")
            let refused = try await live.aula("apply", file, "--yes", "--no-wait")
            #expect(refused.status == 7, "\(refused.transcript)")
            let patient = try await live.aula("apply", file, "--yes", "--no-wait", "--lock-timeout", "90")
            #expect(patient.status == 0, "\(patient.transcript)")
            let leases = try await live.kubectl("-n", "\(live.name)-aula", "get", "leases", "-o", "name")
            #expect(leases.output == "", "\(leases.transcript)")
        }
    }
}
