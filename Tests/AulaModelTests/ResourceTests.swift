import AulaModel
import Testing

@Suite struct ResourceTests {
    @Test func `a copy that is changed leaves the original as it was`() {
        let original = Resource(address: .kubernetes("ConfigMap", "n", "a"), body: ["data": ["LEVEL": "info"]])
        var copy = original
        copy.body[["data", "LEVEL"]] = "debug"
        copy.dependsOn.append(.kubernetes("Namespace", nil, "n"))
        #expect(original.body == ["data": ["LEVEL": "info"]])
        #expect(original.dependsOn.isEmpty)
        #expect(copy.body == ["data": ["LEVEL": "debug"]])
        #expect(copy != original)
        copy.body = original.body
        copy.dependsOn = []
        #expect(copy == original)
    }
}

@Suite struct AddressTests {
    @Test(
        arguments: [
            (.kubernetes("Role", "memo2-g1-test", "deployer"), .kubernetes, "Role", "memo2-g1-test/deployer"),
            (.kubernetes("Namespace", nil, "memo2-g1-test"), .kubernetes, "Namespace", "memo2-g1-test"),
            (.azure("cluster", "memo2/cluster-memo2-prod"), .azure, "cluster", "memo2/cluster-memo2-prod"),
            (
                .gitlab("variable", "memo2/g1/api/KUBE_TOKEN@test"), .gitlab, "variable",
                "memo2/g1/api/KUBE_TOKEN@test"
            ),
            (Address("kubernetes/*"), .kubernetes, "*", ""),
            (Address("nothing"), .kubernetes, "", ""),
        ] as [(Address, System, String, String)])
    func `an address falls into system, kind and path`(address: Address, system: System, kind: String, path: String) {
        #expect(address.system == system)
        #expect(address.kind == kind)
        #expect(address.path == path)
    }
}
