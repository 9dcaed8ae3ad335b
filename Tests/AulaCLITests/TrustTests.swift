import AulaModel
import Foundation
import Testing

/// What a cohort file and templates of somebody else may do.
@Suite(.timeLimit(.minutes(5))) struct TrustTests {
    private static let header = "description: Something of somebody's.\n"

    /// Writes a template beside the cohort file.
    private func template(_ name: String, _ manifests: String, for computer: Computer) throws {
        let folder = computer.folder.appendingPathComponent("templates/\(name)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.header.utf8).write(to: folder.appendingPathComponent("template.yaml"))
        try Data(manifests.utf8).write(to: folder.appendingPathComponent("manifests.yaml"))
    }

    private static let wide: [(manifest: String, words: String)] = [
        (
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: "all-{group}" }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
            subjects: [{ kind: ServiceAccount, name: gitlab-deployer, namespace: "{namespace}" }]

            """, "it is an object of the whole cluster"
        ),
        (
            """
            apiVersion: v1
            kind: Namespace
            metadata: { name: "extra-{group}" }

            """, "it is no namespace of the class"
        ),
        (
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: all }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
            subjects: [{ kind: ServiceAccount, name: gitlab-deployer, namespace: "{namespace}" }]

            """, "it hands out the ClusterRole admin"
        ),
        (
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: all }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer }
            subjects: [{ kind: User, name: mallory }]

            """, "it gives rights to User mallory"
        ),
        (
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: more }
            rules:
              - { apiGroups: [""], resources: [secrets], verbs: [get] }
              - { apiGroups: [apps], resources: [deployments], verbs: [get] }

            """, "it lets its holders get secrets, which a deploy does not need"
        ),
    ]

    @Test(arguments: wide.indices)
    func `a template that reaches beyond its team is shown, and needs --allow-cluster-wide`(index: Int) async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let (manifest, words) = Self.wide[index]
        try template("own", manifest, for: ada)
        let file = try ada.write(
            Cohorts.small(component: "mine: { template: own }"))
        let refused = try await ada.aula("apply", file, "--yes")
        #expect(refused.outcome == .error, "\(refused)")
        #expect(refused.errors.contains(words), "\(refused)")
        #expect(refused.errors.contains("--allow-cluster-wide"), "\(refused)")
        #expect(world.writes.isEmpty)
        let shown = try await ada.aula("plan", file, "--allow-cluster-wide")
        #expect(shown.outcome == .done, "\(shown)")
        #expect(shown.errors.contains("warning: ") && shown.errors.contains(words), "\(shown)")
        let destroy = try await ada.aula("destroy", file, "--confirm", "demo")
        #expect(destroy.outcome == .done, "what is taken down asks for nothing: \(destroy)")
    }

    @Test func `aula's own templates need no consent, and a role that gives less needs none either`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        try template(
            "own",
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: less }
            rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get, list] }]

            """, for: ada)
        let file = try ada.write(
            Cohorts.small(component: "mine: { template: own }"))
        let plan = try await ada.aula("plan", file)
        #expect(plan.outcome == .done, "\(plan)")
        #expect(!plan.errors.contains("reaches beyond"), "\(plan)")
    }

    @Test func `an untrusted file says neither where to look nor which templates count`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        try template("own", Self.wide[0].manifest, for: ada)
        try template("api", Self.wide[0].manifest, for: ada)
        let file = try ada.write(Cohorts.small())
        let unplaced = try await ada.aula("plan", file, "--untrusted")
        #expect(unplaced.outcome == .error, "\(unplaced)")
        #expect(unplaced.errors.contains("--context NAME --gitlab URL"), "\(unplaced)")
        #expect(world.requests.isEmpty)
        let offline = try await ada.aula("plan", file, "--untrusted", "--offline", "--verbose")
        #expect(offline.outcome == .done, "\(offline)")
        #expect(!offline.output.contains("ClusterRoleBinding"), "\(offline)")
        #expect(offline.output.contains("kubernetes/Deployment/demo-g1-test/api"), "\(offline)")
        #expect(offline.errors.contains("does not count: the file is not trusted"), "\(offline)")
        let named = try await ada.aula(
            "plan", try ada.write(Cohorts.small(component: "mine: { template: own }"), to: "other.yaml"),
            "--untrusted",
            "--offline")
        #expect(named.errors.contains("there is no template `own`"), "\(named)")
        let elsewhere = try await ada.aula(
            "plan", file, "--untrusted", "--context", "nowhere", "--gitlab", "http://127.0.0.1")
        #expect(elsewhere.errors.contains("nowhere"), "the command line's context is asked: \(elsewhere)")
    }

    @Test(arguments: ["../secret.yaml", "/etc/hostname.yaml", "link.yaml", "linked/x.yaml"])
    func `an untrusted file reads nothing outside its folder, and follows no link`(path: String) async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n"
        let files = FileManager.default
        let outside = ada.folder.deletingLastPathComponent().appendingPathComponent("aula-outside-\(UUID().uuidString)")
        try files.createDirectory(at: outside, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: outside) }
        try Data(manifest.utf8).write(to: outside.appendingPathComponent("x.yaml"))
        try files.createSymbolicLink(
            at: ada.folder.appendingPathComponent("link.yaml"),
            withDestinationURL: outside.appendingPathComponent("x.yaml"))
        try files.createSymbolicLink(at: ada.folder.appendingPathComponent("linked"), withDestinationURL: outside)
        let file = try ada.write(
            Cohorts.small(component: "mine: { template: manifests, files: \(path) }"))
        let refused = try await ada.aula("plan", file, "--untrusted", "--offline")
        #expect(refused.outcome == .error, "\(refused)")
        #expect(
            refused.errors.contains("outside the folder") || refused.errors.contains("is a link"), "\(refused)")
        let link = ada.folder.appendingPathComponent("cohort-link.yaml")
        try files.createSymbolicLink(at: link, withDestinationURL: URL(fileURLWithPath: file))
        let linked = try await ada.aula("plan", link.path, "--untrusted", "--offline")
        #expect(linked.errors.contains("is a link"), "\(linked)")
    }
}
