import AulaModel
import Yams

/// What a log collector adds to the pods of a component.
struct Sidecar: Sendable {
    /// A list of containers that start before the component's own and end after them.
    var containers: Program
    var volumes: Program
    /// Volume mounts for the component's own containers.
    var mounts: Program

    /// Reads `sidecar.yaml`.
    static func compile(_ root: Node, in file: String, names: Names) -> (Sidecar, [Diagnostic]) {
        var compiler = Compiler(file: file, names: names)
        var programs: [String: Program] = [:]
        let known = ["containers", "volumes", "mounts"]
        for (key, value) in root.mapping ?? [:] {
            let name = key.scalar?.string ?? ""
            if known.contains(name) {
                programs[name] = compiler.within(name) { $0.compile(value) }
            } else {
                compiler.report("`\(name)` is not known here", at: key, hint: Spelling.hint(for: name, listing: known))
            }
        }
        for name in known where programs[name] == nil {
            compiler.report("a sidecar needs `\(name)`", at: root)
        }
        func program(_ name: String) -> Program { programs[name] ?? .constant([]) }
        let sidecar = Sidecar(
            containers: program("containers"), volumes: program("volumes"), mounts: program("mounts"))
        return (sidecar, compiler.diagnostics)
    }
}

/// A sidecar's parts with their values.
struct RenderedSidecar {
    var containers: [JSON]
    var volumes: [JSON]
    var mounts: [JSON]

    /// The pod with the sidecar beside its containers.
    func added(to pod: JSON) -> JSON {
        var pod = pod
        pod["initContainers"] = .array(containers + (pod["initContainers"]?.array ?? []))
        pod["volumes"] = .array((pod["volumes"]?.array ?? []) + volumes)
        pod["containers"] = .array(
            (pod["containers"]?.array ?? []).map { container in
                var container = container
                container["volumeMounts"] = .array((container["volumeMounts"]?.array ?? []) + mounts)
                return container
            })
        return pod
    }
}
