import AulaEngine
import AulaModel
import Testing

@testable import AulaExecutors

@Suite struct ObservationTests {
    let transport = ScriptedCluster()

    /// Answers every kind's LIST with nothing, except those that a test answers itself.
    func empty(except: Set<String> = []) {
        transport.on("GET /version", 200, ["gitVersion": "v1.36.0"])
        for kind in ObjectKind.managed where !except.contains(kind.path()) {
            transport.on("GET \(kind.path())") { _ in .list([]) }
        }
    }

    func observe(
        _ resources: [Resource] = [], purpose: Plan.Purpose = .apply, site: KubernetesSite = .context("kind"),
        includesForeign: Bool = false
    ) async -> Observation {
        await Memo2.executor(transport, site: site).observe(
            ObservationRequest(
                blueprint: Memo2.blueprint(resources, site: site), purpose: purpose,
                includesForeign: includesForeign))
    }

    @Test func `one LIST by label for each kind is all that an empty cluster costs`() async {
        empty()
        let observation = await observe([Memo2.resource("ConfigMap", "memo2-g1-test", "app")])
        #expect(observation.gaps.isEmpty)
        #expect(transport.requests.count == ObjectKind.managed.count + 1)
        #expect(transport.lines.contains("GET /api/v1/secrets?limit=500&labelSelector=aula.dev/id=m2k7q9xd"))
        #expect(transport.lines.contains("GET /api/v1/namespaces?limit=500"))
        guard case .absent = observation.presence(of: .kubernetes("ConfigMap", "memo2-g1-test", "app")) else {
            Issue.record("a name in a namespace that does not exist is free")
            return
        }
    }

    @Test func `a live object is told with its mark, its site and its managers, without what the server adds`()
        async throws
    {
        empty(except: ["/api/v1/configmaps"])
        var live = Memo2.live("memo2-g1-test", "app", ["data": ["a": "1"], "status": ["x": 1]])
        live[["metadata", "labels", "aula.dev/group"]] = "g1"
        transport.on("GET /api/v1/configmaps") { [live] _ in .list([live]) }
        let observed = try #require(
            await observe().present[.kubernetes("ConfigMap", "memo2-g1-test", "app")])
        #expect(observed.identity == "u1")
        #expect(observed.mark == Memo2.mark)
        #expect(observed.slot.group == "g1")
        #expect(observed.container == .namespace("memo2-g1-test"))
        #expect(observed.managers.map(\.name) == ["aula"])
        #expect(observed.attributes["kind"] == "ConfigMap")
        #expect(observed.attributes["data"] == ["a": "1"])
        #expect(observed.attributes["status"] == nil)
        #expect(observed.attributes[["metadata", "managedFields"]] == nil)
    }

    @Test func `Secrets give their texts, and a token Secret is unsettled until it has one`() async throws {
        empty(except: ["/api/v1/secrets"])
        let token: JSON = ["type": "kubernetes.io/service-account-token"]
        transport.on("GET /api/v1/secrets") { _ in
            .list([
                Memo2.live("n", "db", ["data": ["password": "c2VjcmV0"]]),
                Memo2.live("n", "empty", token),
                Memo2.live("n", "full", token.merging(["data": ["token": "dG9r", "ca.crt": "UEVN"]])),
            ])
        }
        let present = await observe().present
        #expect(present[.kubernetes("Secret", "n", "db")]?.outputs == ["password": .secret(Secret("secret"))])
        #expect(present[.kubernetes("Secret", "n", "empty")]?.transition == .inProgress("waiting for its token"))
        let full = try #require(present[.kubernetes("Secret", "n", "full")])
        #expect(full.outputs == ["token": .secret(Secret("tok")), "ca.crt": .secret(Secret("PEM"))])
        #expect(full.attributes["data"] == ["token": JSON.null, "ca.crt": JSON.null])
        #expect(full.value(at: ["data", "token"]) == .secret(Secret("dG9r")))
        #expect(full.transition == nil)
    }

    @Test func `pages are read to the end, and an expired list begins anew`() async {
        empty(except: ["/api/v1/configmaps"])
        transport.on(
            "GET /api/v1/configmaps",
            { _ in .list([Memo2.live("n", "old")], next: "2") },
            { _ in .refusal(410, "Expired", "The provided continue parameter is too old") },
            { _ in .list([Memo2.live("n", "a")], next: "2") },
            { _ in .list([Memo2.live("n", "b")]) })
        let observation = await observe()
        #expect(
            Set(observation.present.keys) == [.kubernetes("ConfigMap", "n", "a"), .kubernetes("ConfigMap", "n", "b")])
        #expect(
            transport.requests.filter { $0.path == "/api/v1/configmaps" }.map { $0.parameter("continue") } == [
                nil, "2", nil, "2",
            ])
        #expect(observation.gaps.isEmpty)
    }

    @Test func `a broken connection is tried again, and then the kind is unknown, never gone`() async {
        empty(except: ["/api/v1/configmaps", "/api/v1/secrets"])
        transport.on(
            "GET /api/v1/secrets", { _ in throw TransportError.connectionLost("reset") },
            { _ in .list([Memo2.live("n", "s")]) })
        transport.on(
            "GET /api/v1/configmaps", { _ in .list([Memo2.live("n", "a")], next: "2") },
            { _ in throw TransportError.connectionLost("reset") })
        let observation = await observe()
        #expect(Set(observation.present.keys) == [.kubernetes("Secret", "n", "s")])
        #expect(observation.gaps.map(\.part) == [.kind(.kubernetes("ConfigMap"))])
        guard case .unknown(let reason) = observation.presence(of: .kubernetes("ConfigMap", "n", "a")) else {
            Issue.record("not unknown")
            return
        }
        #expect(reason.contains("reset"))
    }

    @Test func `a refusal that stands everywhere is one gap with the server's sentence`() async {
        transport.on("GET /version", 200)
        for kind in ObjectKind.managed {
            transport.on("GET \(kind.path())") { _ in .refusal(403, "Forbidden", "things is forbidden: no right") }
        }
        let observation = await observe()
        #expect(observation.gaps == [Observation.Gap(.system(.kubernetes), reason: "things is forbidden: no right")])
    }

    @Test
    func `a kind that may not be read and that the class does not use keeps an apply from nothing, but a destroy`()
        async throws
    {
        empty(except: ["/apis/apps/v1/daemonsets", "/api/v1/persistentvolumeclaims"])
        for path in ["/apis/apps/v1/daemonsets", "/api/v1/persistentvolumeclaims"] {
            transport.on("GET \(path)") { _ in .refusal(403, "Forbidden", "no right") }
        }
        let claims = Observation.Gap(.kind(.claim), reason: "no right")
        let daemons = Observation.Gap(.kind(.kubernetes("DaemonSet")), reason: "no right")
        let seen = await observe()
        #expect(seen.gaps == [claims], "what can hold data is never overlooked")
        #expect(try #require(seen.notices.first).message.hasPrefix("DaemonSet cannot be read"))
        #expect(await observe(purpose: .destroy).gaps == [daemons, claims])
        let used = await observe([Memo2.resource(of: "apps/v1", "DaemonSet", "n", "logs")])
        #expect(used.gaps.contains(daemons))
    }

    @Test func `who scaled a workload is named, and what controllers report is not`() {
        let fields: JSON = ["f:spec": ["f:replicas": [:]]]
        let live = LiveObject(
            kind: .pod,
            json: [
                "metadata": [
                    "managedFields": [
                        ["manager": "kubectl", "operation": "Update", "subresource": "scale", "fieldsV1": fields],
                        ["manager": "kube-controller-manager", "operation": "Update", "subresource": "status"],
                    ]
                ]
            ])
        #expect(live.managers.map(\.name) == ["kubectl"])
        #expect(live.managers.first?.fields == fields)
    }

    @Test func `a name that somebody else took is found, by one GET or by one LIST for several`() async throws {
        empty(except: ["/api/v1/namespaces"])
        transport.on("GET /api/v1/namespaces") { _ in
            .list([Memo2.live(nil, "n"), Memo2.live(nil, "other", ours: false)])
        }
        transport.on("GET /api/v1/namespaces/n/secrets/s") { _ in .refusal(404, "NotFound", "not found") }
        transport.on("GET /api/v1/namespaces/n/configmaps") { _ in
            .list([
                Memo2.live("n", "a", ours: false, manager: "kubectl-create"),
                Memo2.live("n", "unrelated", ours: false),
            ])
        }
        let observation = await observe([
            Memo2.resource("Secret", "n", "s"), Memo2.resource("ConfigMap", "n", "a"),
            Memo2.resource("ConfigMap", "n", "b"),
        ])
        let taken = try #require(observation.present[.kubernetes("ConfigMap", "n", "a")])
        #expect(taken.mark == nil)
        #expect(taken.managers.map(\.name) == ["kubectl-create"])
        #expect(
            Set(observation.present.keys) == [
                .kubernetes("ConfigMap", "n", "a"), .namespace("n"),
            ])
        #expect(observation.gaps.isEmpty)
    }

    @Test func `the root tells the cluster's coordinates`() async {
        empty(except: ["/api/v1/configmaps"])
        transport.on("GET /api/v1/configmaps") { _ in .list([Memo2.live("memo2-aula", "aula")]) }
        let outputs = await observe().present[.kubernetes("ConfigMap", "memo2-aula", "aula")]?.outputs
        #expect(outputs == ["server": "https://127.0.0.1:6443", "ca": "PEM\n"])
    }

    @Test func `without GitLab nobody needs the coordinates, so kubectl is not asked for them`() async {
        empty()
        let tools = ScriptedKubectl()
        var cohort = Memo2.cohort()
        cohort.gitlab = nil
        let observation = await Memo2.executor(transport, tools: tools).observe(
            ObservationRequest(blueprint: Blueprint(cohort: cohort, resources: [])))
        #expect(observation.gaps.isEmpty)
        #expect(tools.lines.map { $0.split(separator: " ")[1] } == ["proxy"])
    }

    @Test func `claims of a StatefulSet that stays carry no mark; others do, and all at the end`() async {
        empty(except: ["/api/v1/persistentvolumeclaims"])
        transport.on("GET /api/v1/persistentvolumeclaims") { _ in
            .list([
                Memo2.live("n", "data-db-0", ["spec": ["volumeName": "pv1"]]), Memo2.live("n", "data-old-0"),
            ])
        }
        let set = Memo2.resource(
            of: "apps/v1", "StatefulSet", "n", "db",
            ["spec": ["volumeClaimTemplates": [["metadata": ["name": "data"]]]]])
        let during = await observe([set]).present
        #expect(during[.kubernetes("PersistentVolumeClaim", "n", "data-db-0")]?.mark == nil)
        #expect(during[.kubernetes("PersistentVolumeClaim", "n", "data-db-0")]?.holdsData == true)
        #expect(during[.kubernetes("PersistentVolumeClaim", "n", "data-old-0")]?.mark == Memo2.mark)
        let atTheEnd = await observe([set], purpose: .destroy).present
        #expect(atTheEnd[.kubernetes("PersistentVolumeClaim", "n", "data-db-0")]?.mark == Memo2.mark)
    }
}
