import AulaModel

/// The Pod Security Standards, and the labels by which a namespace asks for them.
enum PodSecurity: String, CaseIterable {
    case privileged, baseline, restricted

    private static let prefix = "pod-security.kubernetes.io/"

    /// The level and version that a namespace asks for in a mode: `enforce` or `warn`.
    static func wish(_ mode: String, of namespace: JSON?) -> (level: PodSecurity, version: String) {
        let labels = namespace?.labels
        let level = labels?[prefix + mode]?.string.flatMap(PodSecurity.init) ?? .privileged
        return (level, labels?["\(prefix)\(mode)-version"]?.string ?? "latest")
    }

    static func labelProblems(_ labels: JSON, _ field: String) -> [FieldProblem] {
        ["enforce", "audit", "warn"].compactMap { mode in
            guard let value = labels[prefix + mode]?.string, PodSecurity(rawValue: value) == nil else { return nil }
            return .invalid(
                "\(field)[\(prefix)\(mode)]", .string(value), "must be one of privileged, baseline, restricted")
        }
    }

    /// What of a pod's spec breaks this level, in the order and the words of the server.
    func violations(_ spec: JSON) -> [String] {
        guard self != .privileged else { return [] }
        let pod = InspectedPod(spec)
        let found = pod.baseline + (self == .restricted ? pod.restricted : [])
        return found.map { "\($0.rule) (\($0.details.joined(separator: "; ")))" }
    }
}

/// A pod's spec as the checks of the standards look at it.
private struct InspectedPod {
    typealias Finding = (rule: String, details: [String])

    private let spec: JSON
    private let containers: [JSON]

    init(_ spec: JSON) {
        self.spec = spec
        containers = spec.items("initContainers") + spec.items("containers") + spec.items("ephemeralContainers")
    }

    private func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

    /// `container "a"`, `containers "a", "b"`; nil where none is meant.
    private func subject(_ isMeant: (JSON) -> Bool) -> String? {
        let names = containers.filter(isMeant).compactMap { $0["name"]?.string }
        guard !names.isEmpty else { return nil }
        return (names.count == 1 ? "container " : "containers ") + quoted(names)
    }

    private func finding(_ rule: String, _ details: String?...) -> Finding? {
        let found = details.compactMap { $0 }
        return found.isEmpty ? nil : (rule, found)
    }

    private func setting(_ container: JSON, _ path: String...) -> JSON? { container[["securityContext"] + path] }
    private func podSetting(_ path: String...) -> JSON? { spec[["securityContext"] + path] }

    private static let defaultCapabilities: Set = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    private func added(_ container: JSON, beyond allowed: Set<String>) -> [String] {
        (setting(container, "capabilities", "add")?.array ?? []).compactMap(\.string).filter { !allowed.contains($0) }
    }

    private func capabilities(beyond allowed: Set<String>) -> String? {
        let names = Set(containers.flatMap { added($0, beyond: allowed) }).sorted()
        return subject { !added($0, beyond: allowed).isEmpty }.map {
            "\($0) must not include \(quoted(names)) in securityContext.capabilities.add"
        }
    }

    var baseline: [Finding] {
        let shared = ["hostNetwork", "hostPID", "hostIPC"].filter { spec[$0] == true }.map { "\($0)=true" }
        let hostPaths = spec.items("volumes").filter { $0["hostPath"] != nil }.compactMap { $0["name"]?.string }
        let ports = containers.flatMap { $0.items("ports") }.compactMap { $0["hostPort"]?.int }.filter { $0 != 0 }
        func usesHostPort(_ container: JSON) -> Bool {
            container.items("ports").contains { $0["hostPort"]?.int ?? 0 != 0 }
        }
        func isUnconfined(_ profile: JSON?) -> Bool { profile == "Unconfined" }
        let words = "must not set securityContext.seccompProfile.type to \"Unconfined\""
        return [
            finding("non-default capabilities", capabilities(beyond: Self.defaultCapabilities)),
            finding("host namespaces", shared.isEmpty ? nil : shared.joined(separator: ", ")),
            finding(
                "hostPath volumes",
                hostPaths.isEmpty ? nil : (hostPaths.count == 1 ? "volume " : "volumes ") + quoted(hostPaths)),
            finding(
                "hostPort",
                subject(usesHostPort).map {
                    "\($0) \($0.hasPrefix("containers") ? "use hostPorts" : "uses hostPort") "
                        + ports.map(String.init).joined(separator: ", ")
                }),
            finding(
                "privileged",
                subject { setting($0, "privileged") == true }.map {
                    "\($0) must not set securityContext.privileged=true"
                }
            ),
            finding(
                "seccompProfile", isUnconfined(podSetting("seccompProfile", "type")) ? "pod \(words)" : nil,
                subject { isUnconfined(setting($0, "seccompProfile", "type")) }.map { "\($0) \(words)" }),
        ].compactMap { $0 }
    }

    private static let allowedVolumes: Set = [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected",
        "secret",
    ]

    var restricted: [Finding] {
        let volumes = spec.items("volumes").compactMap { volume -> String? in
            let kinds = (volume.object?.keys ?? []).filter { $0 != "name" && !Self.allowedVolumes.contains($0) }
            guard let kind = kinds.first else { return nil }
            return "volume \"\(volume["name"]?.string ?? "")\" uses restricted volume type \"\(kind)\""
        }
        let safeProfiles: [JSON] = ["RuntimeDefault", "Localhost"]
        return [
            finding(
                "allowPrivilegeEscalation != false",
                subject { setting($0, "allowPrivilegeEscalation") != false }.map {
                    "\($0) must set securityContext.allowPrivilegeEscalation=false"
                }),
            finding(
                "unrestricted capabilities",
                subject { setting($0, "capabilities", "drop")?.array?.contains("ALL") != true }.map {
                    "\($0) must set securityContext.capabilities.drop=[\"ALL\"]"
                }, capabilities(beyond: ["NET_BIND_SERVICE"])),
            finding("restricted volume types", volumes.isEmpty ? nil : volumes.joined(separator: ", ")),
            finding(
                "runAsNonRoot != true",
                subject { (setting($0, "runAsNonRoot") ?? podSetting("runAsNonRoot")) != true }.map {
                    "pod or \($0) must set securityContext.runAsNonRoot=true"
                }),
            finding(
                "runAsUser=0", podSetting("runAsUser") == 0 ? "pod must not set runAsUser=0" : nil,
                subject { setting($0, "runAsUser") == 0 }.map { "\($0) must not set runAsUser=0" }),
            finding(
                "seccompProfile",
                subject { container in
                    let profile = setting(container, "seccompProfile", "type") ?? podSetting("seccompProfile", "type")
                    return !safeProfiles.contains(profile ?? .null)
                }.map {
                    "pod or \($0) must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""
                }),
        ].compactMap { $0 }
    }
}
