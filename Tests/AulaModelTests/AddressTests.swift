import AulaModel
import AulaTestSupport
import Testing

@Suite struct AddressTests {
    @Test(
        arguments: [
            (.kubernetes("Role", "memo2-g1-test", "deployer"), .kubernetes("Role"), "memo2-g1-test/deployer"),
            (.namespace("memo2-g1-test"), .namespace, "memo2-g1-test"),
            (.azureCluster("cluster-memo2-prod", in: "memo2"), .azureCluster, "memo2/cluster-memo2-prod"),
            (
                Address.gitlabProject("memo2", "g1", "api").gitlab(.gitlabVariable, "KEY", environment: "test"),
                .gitlabVariable, "memo2/g1/api/KEY@test"
            ),
        ] as [(Address, ResourceKind, String)])
    func `an address falls into kind and path, and its text gives it back`(
        address: Address, kind: ResourceKind, path: String
    ) {
        #expect(address.system == kind.system)
        #expect(address.kind == kind)
        #expect(address.is(kind))
        #expect(address.path == path)
        #expect(address.site == nil)
        #expect(address.text == "\(kind)/\(path)")
        #expect(Address(address.text as String) == address)
    }

    @Test(
        arguments: [
            "", "kubernetes", "kubernetes/*", "kubernetes//x", "kubernetes/Role/", "aws/vm/x", "kubernetes@/Role/x",
            "@west/Role/x", "kubernetes@a@b/Role/x", "kubernetesRole/x/y",
        ])
    func `text that is no address is none`(text: String) {
        #expect(Address(text) == nil)
    }

    @Test func `where there are several clusters an address names its own, and is of the same kind`() throws {
        let here = Address.kubernetes("Role", "memo2-g1-test", "deployer")
        let west = here.at("west")
        #expect(west.text == "kubernetes@west/Role/memo2-g1-test/deployer")
        #expect(west == .kubernetes("Role", "memo2-g1-test", "deployer", site: "west"))
        #expect(west != here && west.at(nil) == here)
        #expect(west.site == "west" && west.system == .kubernetes && west.kind == here.kind && west.path == here.path)
        #expect(west.is(.kubernetes("Role")))
        #expect(Address(west.text as String) == west)
    }

    @Test func `clusters of Azure and of GitLab are two kinds, and only one of them contains anything`() {
        let cluster = Address.azureCluster("c", in: "memo2")
        let registration = Address.gitlabProject("memo2", "g1", "api").gitlab(.gitlabCluster, nil, environment: "test")
        #expect(registration.text == "gitlab/cluster/memo2/g1/api@test")
        #expect(cluster.kind != registration.kind)
        #expect(cluster.isContainer && !registration.isContainer)
        #expect(Address.namespace("n").isContainer && Address.resourceGroup("memo2").isContainer)
        #expect(!Address.kubernetes("Secret", "n", "s").isContainer)
    }

    @Test func `a number behind an address comes off again`() {
        let token = Address.kubernetes("Secret", "memo2-g1-test", "token")
        #expect(token.numbered(3, after: "-").text == "kubernetes/Secret/memo2-g1-test/token-3")
        let split = token.numbered(3, after: "-").split(at: "-")
        #expect(split?.first == token && split?.number == 3)
        #expect(token.split(at: "-") == nil)
    }
}

@Suite struct GitLabAddressTests {
    private let project = Address.gitlabProject("memo2", "g1", "api")

    @Test func `what a team named with a slash or an at sign cannot pass for a part of the path`() {
        let environment = project.gitlab(.gitlabEnvironment, "../g2/api@prod#7 %")
        #expect(environment.text == "gitlab/environment/memo2/g1/api/..%2Fg2%2Fapi%40prod%237%20%25")
        let variable = project.gitlab(.gitlabVariable, "KEY", environment: "review/*")
        #expect(variable.text == "gitlab/variable/memo2/g1/api/KEY@review%2F*")
        #expect(project.gitlab(.gitlabEnvironment, "producción").text.hasSuffix("/producción"))
    }

    @Test func `groups and projects tell team and component`() {
        #expect(Address.gitlabGroup("memo2").gitlabSlot == Slot())
        #expect(Address.gitlabGroup("memo2", "g1").gitlabSlot == Slot(group: "g1"))
        #expect(project.gitlabSlot == Slot(group: "g1", component: "api"))
        #expect(project.numbered(4711, after: "#").gitlabSlot == Slot(group: "g1", component: "api"))
    }
}

@Suite struct ObservationPartTests {
    private let secret = Address.kubernetes("Secret", "n", "a")
    private let variable = Address.gitlabProject("memo2", "g1", "api")
        .gitlab(.gitlabVariable, "KEY", environment: "test")

    @Test(
        arguments: [
            (.system(.kubernetes), true, "kubernetes/*"),
            (.system(.kubernetes, site: "west"), false, "kubernetes@west/*"),
            (.system(.gitlab), false, "gitlab/*"),
            (.kind(.secret), true, "kubernetes/Secret/*"),
            (.kind(.secret, site: "west"), false, "kubernetes@west/Secret/*"),
            (.kind(.kubernetes("ConfigMap")), false, "kubernetes/ConfigMap/*"),
            (.thing("kubernetes/Secret/n/a"), true, "kubernetes/Secret/n/a"),
            (.thing("kubernetes/Secret/n/ab"), false, "kubernetes/Secret/n/ab"),
            (.strangers(.kubernetes), false, "kubernetes/*/*"),
        ] as [(Observation.Part, Bool, String)])
    func `a part covers what it says and no more`(part: Observation.Part, covers: Bool, words: String) {
        #expect(part.covers(secret) == covers)
        #expect(part.description == words)
    }

    @Test func `a part of one cluster leaves the others out`() {
        #expect(Observation.Part.system(.kubernetes, site: "west").covers(secret.at("west")))
        #expect(!Observation.Part.system(.kubernetes, site: "west").covers(secret.at("east")))
        #expect(Observation.Part.kind(.secret).covers(secret.at("east")))
    }

    @Test func `what a project has of one kind is not what its neighbour has, whose name begins alike`() {
        func part(_ component: String) -> Observation.Part {
            .inside(.gitlabProject("memo2", "g1", component), .gitlabVariable)
        }
        #expect(part("api").covers(variable))
        #expect(!part("ap").covers(variable))
        #expect(!part("api2").covers(variable))
        #expect(!Observation.Part.inside(.gitlabProject("memo2", "g1", "api"), .gitlabEnvironment).covers(variable))
        #expect(part("api").description == "gitlab/variable/memo2/g1/api/*")
        let cluster = Address.gitlabProject("memo2", "g1", "api").gitlab(.gitlabCluster, nil, environment: "test")
        #expect(Observation.Part.inside(.gitlabProject("memo2", "g1", "api"), .gitlabCluster).covers(cluster))
    }
}
