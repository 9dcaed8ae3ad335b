/// GitLab's addresses, built and taken apart here and nowhere else.
///
/// Their paths are logical, not GitLab's: the cohort's name, the team's key, the component, then what the thing itself
/// is called, and behind an `@` for which environment it is: `gitlab/group/memo2/g1`, `gitlab/project/memo2/g1/api`,
/// `gitlab/variable/memo2/g1/api/KUBE_TOKEN@test`, `gitlab/cluster/memo2/g1/api@test`.
extension Address {
    /// The class group.
    package static func gitlabGroup(_ cohort: String) -> Address { Address(.gitlabGroup, cohort) }

    /// A team's group.
    package static func gitlabGroup(_ cohort: String, _ team: String) -> Address {
        Address(.gitlabGroup, "\(cohort)/\(team)")
    }

    /// The project of a component in a team's group.
    package static func gitlabProject(_ cohort: String, _ team: String, _ component: String) -> Address {
        Address(.gitlabProject, "\(cohort)/\(team)/\(component)")
    }

    /// A project of the class's own, beside the teams' groups.
    package static func gitlabClassProject(_ cohort: String, _ name: String) -> Address {
        Address(.gitlabProject, "\(cohort)/\(name)")
    }

    /// Something of a GitLab group or project, which is self; at most one of name and environment may be nil.
    ///
    /// Names may be anybody's: what would read as another part of a path is escaped, as in a URL.
    package func gitlab(_ kind: ResourceKind, _ name: String?, environment: String? = nil) -> Address {
        let suffix = environment.map { "@\(Self.escaped($0))" } ?? ""
        return Address(kind, path + (name.map { "/\(Self.escaped($0))" } ?? "") + suffix)
    }

    /// Whether a GitLab thing's path goes on where a group's or project's ends.
    func isInside(_ holder: Address) -> Bool {
        let path = path
        guard path.hasPrefix(holder.path) else { return false }
        let next = path.dropFirst(holder.path.count).first
        return next == "/" || next == "@"
    }

    /// The team and component that a GitLab group or project belongs to, or that a logical path says.
    package var gitlabSlot: Slot {
        let words = (split(at: "#")?.first ?? self).path.split(separator: "/", maxSplits: 2).map(String.init)
        // The class's own projects lie where the teams' groups do.
        if self.is(.gitlabProject), words.count < 3 { return Slot() }
        return Slot(group: words.count > 1 ? words[1] : nil, component: words.count > 2 ? words[2] : nil)
    }

    private static func escaped(_ name: String) -> String {
        guard name.unicodeScalars.contains(where: isSpecial) else { return name }
        return name.unicodeScalars.reduce(into: "") { result, scalar in
            if isSpecial(scalar) {
                for byte in String(scalar).utf8 { result += "%\(hex(byte >> 4))\(hex(byte & 15))" }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "/", "@", "#", "%": true
        default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        }
    }

    private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}

extension ResourceKind {
    package static let gitlabGroup = gitlab("group")
    package static let gitlabProject = gitlab("project")
    package static let gitlabEnvironment = gitlab("environment")
    package static let gitlabVariable = gitlab("variable")
    package static let gitlabCluster = gitlab("cluster")
    package static let deployToken = gitlab("deployToken")
    package static let firstCommit = gitlab("firstCommit")
    package static let protectedBranch = gitlab("protectedBranch")
    package static let gitlabFile = gitlab("file")
    package static let gitlabShare = gitlab("share")
}
