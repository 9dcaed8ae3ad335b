import AulaModel
import AulaSandbox
import Foundation
import Testing

/// What a write's uid and resourceVersion are good for, by verb.
///
/// The statuses were also seen on a real server (k3s 1.34): an apply with a wrong uid is 422, one with a stale
/// resourceVersion 409, and without an object a uid is 409 while a resourceVersion alone is 201.
@Suite struct IdentityTests {
    private let maps = "/api/v1/namespaces/default/configmaps"

    private func map(uid: String? = nil, version: String? = nil) -> JSON {
        var object: JSON = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "m"], "data": ["a": "2"]]
        if let uid { object[["metadata", "uid"]] = .string(uid) }
        if let version { object[["metadata", "resourceVersion"]] = .string(version) }
        return object
    }

    /// Only an apply may be forced.
    private static func path(_ type: String) -> String {
        "/api/v1/namespaces/default/configmaps/m?fieldManager=aula" + (type.contains("apply") ? "&force=true" : "")
    }

    private static let types = [
        "application/apply-patch+yaml", "application/merge-patch+json", "application/strategic-merge-patch+json",
    ]

    @Test("a patch with another uid than the live object's is invalid", arguments: types)
    func wrongUID(type: String) async {
        let cluster = Cluster()
        let live = await cluster.send("POST", maps, ["metadata": ["name": "m"], "data": ["a": "1"]]).body
        let answer = await cluster.send(
            "PATCH", Self.path(type), map(uid: "other"), type: type)
        #expect(answer.status == 422)
        #expect(
            answer.message
                == "ConfigMap \"m\" is invalid: metadata.uid: Invalid value: \"other\": field is immutable")
        #expect(answer.body[["details", "causes"]]?[0]?["field"] == "metadata.uid")
        #expect(await cluster.get("\(maps)/m") == live)
    }

    @Test("a patch with the live object's uid is a patch", arguments: types)
    func rightUID(type: String) async {
        let cluster = Cluster()
        let live = await cluster.send("POST", maps, ["metadata": ["name": "m"], "data": ["a": "1"]]).body
        let uid = live[["metadata", "uid"]]?.string
        let answer = await cluster.send("PATCH", Self.path(type), map(uid: uid), type: type)
        #expect(answer.status == 200)
        #expect(answer.body["data"] == ["a": "2"])
        #expect(answer.body[["metadata", "uid"]]?.string == uid)
    }

    @Test("a stale resourceVersion is a conflict, before a wrong uid is looked at", arguments: types)
    func staleVersion(type: String) async {
        let cluster = Cluster()
        await cluster.send("POST", maps, ["metadata": ["name": "m"], "data": ["a": "1"]])
        let answer = await cluster.send(
            "PATCH", Self.path(type), map(uid: "other", version: "1"), type: type)
        #expect(answer.status == 409)
        #expect(answer.message.contains("the object has been modified"))
    }

    @Test func `an apply with a uid makes nothing where nothing is`() async {
        let cluster = Cluster()
        let answer = await cluster.apply("\(maps)/m", map(uid: "gone", version: "1"))
        #expect(answer.status == 409)
        #expect(
            answer.message
                == "Operation cannot be fulfilled on configmaps \"m\": uid mismatch: the provided object specified uid "
                + "gone, and no existing object was found")
        #expect(await cluster.send("GET", "\(maps)/m").status == 404)
        #expect(await cluster.apply("\(maps)/m", map(version: "1")).status == 201)
    }

    @Test("a PUT's uid is a precondition, also where nothing is", arguments: [true, false])
    func put(exists: Bool) async {
        let cluster = Cluster()
        var found = ""
        if exists {
            let live = await cluster.send("POST", maps, ["metadata": ["name": "m"]]).body
            found = live[["metadata", "uid"]]?.string ?? ""
        }
        let answer = await cluster.send("PUT", "\(maps)/m", map(uid: "other"))
        #expect(answer.status == 409)
        #expect(
            answer.message
                == "Operation cannot be fulfilled on configmaps \"m\": StorageError: invalid object, Code: 4, Key: "
                + "/registry/configmaps/default/m, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in "
                + "precondition: other, UID in object meta: \(found)")
        #expect(await cluster.send("PUT", "\(maps)/m", map()).status == (exists ? 200 : 404))
    }
}
