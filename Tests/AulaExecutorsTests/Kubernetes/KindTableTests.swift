import AulaModel
import Testing

@testable import AulaExecutors
@testable import AulaSandbox

/// Aula's table of kinds against the server's own, which was written from other sources.
@Suite struct KindTableTests {
    @Test(arguments: KubernetesKind.all.map(\.name)) func `a kind lives where the server has it`(name: String) throws {
        let kind = try #require(KubernetesKind[name])
        let served = kind.apiVersions.compactMap { KindTable.shared.kind(apiVersion: $0, name: name) }
        // The sandbox has none.
        if name == "PriorityClass", served.isEmpty { return }
        let theirs = try #require(served.first)
        #expect(kind.plural == theirs.plural)
        #expect(kind.isNamespaced == theirs.isNamespaced)
    }

    @Test(arguments: KubernetesKind.all.map(\.name))
    func `every list of a kind is told apart as the server does it`(name: String) throws {
        let kind = try #require(KubernetesKind[name])
        for version in kind.apiVersions {
            guard let type = KindTable.shared.kind(apiVersion: version, name: name)?.type else { continue }
            compare(type, at: [], kind)
        }
    }

    private func compare(_ type: FieldType, at path: [String], _ kind: KubernetesKind) {
        switch type {
        case .object(let index):
            let object = Schema.shared.types[index]
            guard !object.isAtomic else { return }
            for field in object.fields.values where path.count < 12 && field.name != "status" {
                compare(field.type, at: path + [field.name], kind)
            }
        case .list(let item, let rule):
            let ours = kind.listType(at: path)
            switch rule {
            case .atomic: #expect(ours == .atomic, "\(kind.name) \(path)")
            case .set: #expect(ours == .set, "\(kind.name) \(path)")
            case .map(let keys):
                #expect(ours == .map(keys: keys), "\(kind.name) \(path)")
                compare(item, at: path, kind)
            }
        default: break
        }
    }

    @Test(arguments: KubernetesKind.all.map(\.name))
    func `what the server refuses to change is replaced`(name: String) throws {
        let kind = try #require(KubernetesKind[name])
        for field in KindTable.shared.kind(apiVersion: kind.apiVersions.first ?? "", name: name)?.immutable ?? []
        where !["status", "metadata"].contains(field.path.first) {
            #expect(kind.isImmutable(field.path.joined(separator: ".")), "\(name) \(field.path)")
        }
    }

    @Test func `an item's name does not hide that its field can change, or cannot`() throws {
        let pod = try #require(KubernetesKind["Pod"])
        #expect(!pod.isImmutable("spec.containers[a.b].image"))
        #expect(pod.isImmutable("spec.containers[a.b].env[X].value"))
        let set = try #require(KubernetesKind["StatefulSet"])
        #expect(set.isImmutable("spec.volumeClaimTemplates[0].spec.resources.requests.storage"))
        #expect(!set.isImmutable("spec.template.spec.containers[db].image"))
        #expect(!set.isImmutable("specials"))
    }
}
