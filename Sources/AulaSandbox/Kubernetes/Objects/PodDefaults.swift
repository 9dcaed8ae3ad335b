import AulaModel

/// The defaults of a pod's spec, also inside a template.
enum PodDefaults {
    static func fill(_ object: inout JSON, at path: [String]) {
        guard var spec = object[path] else { return }
        spec.setDefault(["restartPolicy"], "Always")
        spec.setDefault(["terminationGracePeriodSeconds"], 30)
        spec.setDefault(["dnsPolicy"], "ClusterFirst")
        spec.setDefault(["securityContext"], [:])
        spec.setDefault(["schedulerName"], "default-scheduler")
        if let account = spec["serviceAccountName"] { spec["serviceAccount"] = account }
        spec.editItems(["containers"], container)
        spec.editItems(["initContainers"], container)
        spec.editItems(["volumes"], volume)
        object[path] = spec
    }

    private static func container(_ container: inout JSON) {
        container.setDefault(["terminationMessagePath"], "/dev/termination-log")
        container.setDefault(["terminationMessagePolicy"], "File")
        if let image = container["image"]?.string {
            container.setDefault(["imagePullPolicy"], pullsAlways(image) ? "Always" : "IfNotPresent")
        }
        container.editItems(["ports"]) { $0.setDefault(["protocol"], "TCP") }
        container.editItems(["env"]) { $0.edit(["valueFrom", "fieldRef"]) { $0.setDefault(["apiVersion"], "v1") } }
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] { container.edit([probe], Self.probe) }
        for member in container.members("resources", "limits") {
            container.setDefault(["resources", "requests", member.key], member.value)
        }
    }

    private static func probe(_ probe: inout JSON) {
        probe.setDefault(["timeoutSeconds"], 1)
        probe.setDefault(["periodSeconds"], 10)
        probe.setDefault(["successThreshold"], 1)
        probe.setDefault(["failureThreshold"], 3)
        probe.edit(["httpGet"]) {
            $0.setDefault(["path"], "/")
            $0.setDefault(["scheme"], "HTTP")
        }
        probe.edit(["grpc"]) { $0.setDefault(["service"], "") }
    }

    private static func volume(_ volume: inout JSON) {
        for source in ["secret", "configMap", "downwardAPI", "projected"] {
            volume.edit([source]) { $0.setDefault(["defaultMode"], 420) }
        }
        volume.edit(["hostPath"]) { $0.setDefault(["type"], "") }
        // A volume without a source is an empty directory.
        if volume.object?.count == 1 { volume["emptyDir"] = [:] }
    }

    /// An image without a tag, or with `latest`, is pulled at every start.
    private static func pullsAlways(_ image: String) -> Bool {
        if image.contains("@") { return false }
        let last = image.split(separator: "/").last ?? ""
        guard let colon = last.lastIndex(of: ":") else { return true }
        return last[last.index(after: colon)...] == "latest"
    }
}
