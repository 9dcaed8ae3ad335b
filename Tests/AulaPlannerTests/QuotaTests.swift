import AulaModel
import AulaPlanner
import AulaTemplates
import AulaTestSupport
import Foundation
import Testing

/// What an environment's components ask for fits its quota, whatever that is.
@Suite struct QuotaTests {
    /// The repository's own templates, and one of objects that a test brings along.
    private static func library(
        _ own: String = "", head: String = "description: x", environment: String? = nil
    ) throws -> TemplateLibrary {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../templates").standardized
        var files: [SourceFile] = [
            SourceFile(path: "templates/own/template.yaml", text: head),
            SourceFile(path: "templates/own/manifests.yaml", text: own),
        ]
        for name in ["environment", "cohort", "api", "bot", "postgres", "fluent-bit"] {
            let folder = root.appending(path: name)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
                var text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                if name == "environment", file == "template.yaml", let environment { text = environment }
                files.append(SourceFile(path: "templates/\(name)/\(file)", text: text))
            }
        }
        let (library, findings) = TemplateLibrary.parse(files)
        #expect(findings == [])
        return library
    }

    private static func expand(
        _ components: [Component], _ library: TemplateLibrary, nodes: Int? = nil
    ) throws -> (hard: JSON, findings: [Diagnostic]) {
        var cohort = Sample.cohort()
        if let nodes { cohort.site = .azure(.sample(nodes: nodes)) }
        cohort.components = components
        let (blueprint, findings) = Expander.expand(cohort, library: library)
        let address = Address.kubernetes("ResourceQuota", "memo2-g1-test", "environment")
        let quota = blueprint?.resources.first { $0.address == address }
        return (try #require(quota?.body[["spec", "hard"]], "\(findings)"), findings)
    }

    private static func component(
        _ name: String, _ template: String, replicas: Int? = nil, _ parameters: [String: JSON] = [:]
    ) -> Component {
        Component(
            name: name, template: template, image: "registry.example/\(name):1", replicas: replicas,
            parameters: parameters.mapValues { Parameter($0) })
    }

    @Test func `small components leave the environment its standard size`() throws {
        let (hard, findings) = try Self.expand(
            [Self.component("api", "api"), Self.component("bot", "bot")], Self.library())
        #expect(findings == [])
        #expect(
            hard == [
                "limits.cpu": "6", "limits.memory": "4Gi", "persistentvolumeclaims": "2", "pods": "20",
                "requests.cpu": "2", "requests.memory": "2Gi", "requests.storage": "20Gi",
                "services.loadbalancers": "1",
            ])
    }

    @Test func `larger components get a quota with room for them and one rolling update's surge`() throws {
        let (hard, findings) = try Self.expand(
            [
                Self.component(
                    "api", "api", replicas: 2,
                    ["cpu": "1500m", "cpuLimit": 3, "memory": "2Gi", "memoryLimit": "2Gi", "maxSurge": 1]),
                Self.component("bot", "bot", ["cpu": "250m", "memory": "1Gi", "memoryLimit": "1Gi"]),
                Self.component("db", "postgres", ["storage": "15Gi"]),
                Self.component("log", "postgres", ["storage": "6Gi"]),
                Self.component("files", "postgres"),
            ], Self.library())
        #expect(findings == [])
        // Three api pods (two and the surge), one bot that recreates, three databases that do not surge, and the jobs
        // that make their users.
        #expect(hard["requests.cpu"] == "5080m")
        #expect(hard["limits.cpu"] == "12850m")
        #expect(hard["requests.memory"] == "8032Mi")
        #expect(hard["limits.memory"] == "8896Mi")
        #expect(hard["persistentvolumeclaims"] == "3")
        #expect(hard["requests.storage"] == "29Gi")
        #expect(hard["pods"] == "20", "ten pods fit the standard")
    }

    @Test func `a daemon set asks a quota for a pod on each node, and for its update's surge`() throws {
        let own = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: { name: own }
            spec:
              updateStrategy: { rollingUpdate: { maxSurge: 50% } }
              template: { spec: { containers: [{ name: own, image: "own:1", resources: { requests: { cpu: 1 } } }] } }
            """
        let (hard, findings) = try Self.expand([Self.component("own", "own")], Self.library(own), nodes: 16)
        #expect(findings == [])
        #expect(hard["pods"] == "24")
        #expect(hard["requests.cpu"] == "24")
    }

    @Test(
        "pods, public addresses and containers that say nothing count as the server counts them",
        arguments: [
            ("replicas: 18, strategy: { rollingUpdate: { maxSurge: 20% } }", "pods", "22"),
            ("replicas: 18", "pods", "23"),
            ("replicas: 21, strategy: { type: Recreate }", "pods", "21"),
            ("replicas: 30, strategy: { type: Recreate }", "limits.cpu", "7500m"),
            ("replicas: 40, strategy: { type: Recreate }", "requests.memory", "2560Mi"),
            ("replicas: 9223372036854775807", "pods", "1310720"),
        ])
    func counting(spec: String, name: String, value: String) throws {
        let own = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: own }
            spec: { \(spec), template: { spec: { containers: [{ name: own, image: "own:1" }] } } }
            """
        let (hard, _) = try Self.expand([Self.component("own", "own")], Self.library(own))
        #expect(hard[name]?.string == value)
    }

    @Test(
        "amounts are read in every notation, and none is too large to add up",
        arguments: [
            ("3", "3Gi", "6", "6Gi"), ("2.5", "2.5Gi", "5", "5Gi"), ("3000m", "3072Mi", "6", "6Gi"),
            ("2500m", "3e9", "5", "5724Mi"), ("1.0005", "4000000Ki", "2002m", "7814Mi"),
            ("9223372036854775807", "9Ei", "137438953472m", "134217728Gi"),
        ])
    func notations(cpu: String, memory: String, cpus: String, bytes: String) throws {
        let own = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: own }
            spec:
              replicas: 2
              template: { spec: { containers: [{ name: own, image: "own:1", resources: { requests: { cpu: "\(cpu)",
                memory: "\(memory)" } } }] } }
            """
        let (hard, _) = try Self.expand([Self.component("own", "own")], Self.library(own))
        #expect(hard["requests.cpu"]?.string == cpus)
        #expect(hard["requests.memory"]?.string == bytes)
    }

    @Test func `two public services get two addresses, and a sidecar counts`() throws {
        var api = Self.component("api", "api", ["serviceType": "LoadBalancer", "cpu": "1", "cpuLimit": 1])
        api.logs = LogCollection(
            template: "fluent-bit", parameters: ["endpoint": Parameter("e"), "secret": Parameter("environment")])
        let web = Self.component("web", "api", ["serviceType": "LoadBalancer"])
        let (hard, findings) = try Self.expand([api, web], Self.library())
        #expect(findings == [])
        #expect(hard["services.loadbalancers"] == "2")
        // Two api pods with their collectors, two web pods.
        #expect(hard["requests.cpu"] == "2120m")
    }

    @Test func `a quota of the teacher's own that is too small is a warning with its position`() throws {
        let own = """
            apiVersion: v1
            kind: ResourceQuota
            metadata: { name: tight }
            spec: { hard: { pods: 1, limits.cpu: 800m, requests.memory: 1Gi } }
            """
        let (_, findings) = try Self.expand(
            [Self.component("api", "api"), Self.component("own", "own")], Self.library(own))
        #expect(findings.map(\.severity) == [.warning])
        #expect(
            findings.first?.message
                == "the quota 'tight' is too small for its own environment: pods: 2 wanted, 1 there; limits.cpu: 1 "
                + "wanted, 800m there")
        #expect(findings.first?.position?.description == "templates/own/manifests.yaml:1:1")
    }

    @Test func `pods that a template declares have room in their quota, unless they run elsewhere`() throws {
        let text = """
            description: A runner whose jobs are pods of the environment.
            runs:
              - { count: 30, requests: { cpu: 100m, memory: 10Mi }, limits: { cpu: 200m, memory: 10Mi } }
              - { count: 500, elsewhere: true }
            """
        let (hard, findings) = try Self.expand([Self.component("runner", "own")], Self.library(head: text))
        #expect(findings == [])
        #expect(hard["pods"] == "30")
        #expect(hard["requests.cpu"] == "3")
    }
}
