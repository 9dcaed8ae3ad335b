import AulaModel

/// The container registry: the sandbox has none, so every project's list of images is empty.
extension GitLabInstance {
    static let registryRoutes: [GitLabRoute] = [
        .under(.project, "GET", "registry/repositories", role: .reporter) { _, call, _ in
            try call.page([Int]()) { .int($0) }
        },
        .under(.group, "GET", "registry/repositories", role: .reporter) { _, call, _ in
            try call.page([Int]()) { .int($0) }
        },
        .under(.project, "GET", "registry/repositories/:repository/tags", role: .reporter) { _, _, _ in
            throw GitLabFailure.notFound("Repository")
        },
        .under(.project, "DELETE", "registry/repositories/:repository", role: .maintainer) { _, _, _ in
            throw GitLabFailure.notFound("Repository")
        },
    ]
}
