import AulaModel

/// The rules that look at several fields at once, by the names that the rows call them by.
enum FieldCheck: String, Sendable {
    case containerNames, volumeSource, mounts, mountPaths, variable, handler, resources, privilege
    case selector, rollout, deadline, job, schedule, timeZone, replicaBounds, metric, budget
    case service, servicePorts, ingress, backend, host, path, endPort, peer, labelSelector
    case podSecurity, configSize, keys, secret, storage, quota, scope, limits, roleKind, subject, roleRule, priority
    case definition, storageVersion, attributes, subjectOfReview

    func problems(_ value: JSON, at field: String, in object: JSON, _ kind: Kind) -> [FieldProblem] {
        switch self {
        case .containerNames, .volumeSource, .mounts, .mountPaths, .variable, .handler, .resources, .privilege:
            podProblems(value, field, object)
        case .selector, .rollout, .deadline, .job, .schedule, .timeZone, .replicaBounds, .metric, .budget:
            workloadProblems(value, field, object, kind)
        case .service, .servicePorts, .ingress, .backend, .host, .path, .endPort, .peer, .labelSelector:
            networkProblems(value, field, object)
        default: otherProblems(value, field, object)
        }
    }

    /// Nil for what is no quantity.
    static func amount(_ value: JSON?) -> Quantity? { value?.string.flatMap(Quantity.init) }
}
