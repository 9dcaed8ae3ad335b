import Testing

@testable import AulaExecutors

@Suite struct ObjectKindTests {
    @Test func `an object of the core group lives under api`() {
        #expect(ObjectKind.secret.path(namespace: "n", name: "s") == "/api/v1/namespaces/n/secrets/s")
        #expect(ObjectKind.namespace.path(name: "n") == "/api/v1/namespaces/n")
    }

    @Test func `an object of a group lives under apis, its name escaped`() {
        let role = ObjectKind("rbac.authorization.k8s.io", "v1", "Role", "roles")
        #expect(
            role.path(namespace: "n", name: "system:a/b")
                == "/apis/rbac.authorization.k8s.io/v1/namespaces/n/roles/system%3Aa%2Fb")
        #expect(role.path() == "/apis/rbac.authorization.k8s.io/v1/roles")
    }
}
