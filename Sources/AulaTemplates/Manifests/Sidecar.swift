import AulaModel
import AulaYAML

/// What a log collector adds to the pods of a component.
struct Sidecar: Sendable {
    /// A list of containers that start before the component's own and end after them.
    var containers: Program
    var volumes: Program
    /// Volume mounts for the component's own containers.
    var mounts: Program

    /// Reads `sidecar.yaml`.
    static func compile(_ root: YAMLNode, in file: String, names: Names) -> (Sidecar, [Diagnostic]) {
        var compiler = Compiler(file: file, names: names)
        compiler.findings = Findings(in: "a sidecar")
        var programs: [String: Program] = [:]
        let known = ["containers", "volumes", "mounts"]
        let entries = compiler.fields(of: root, at: "", keys: known)?.entries ?? []
        for entry in entries where known.contains(entry.key) {
            programs[entry.key] = compiler.within(entry.key) { $0.compile(entry.node) }
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
