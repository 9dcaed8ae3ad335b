/// The shell of the jobs that make an image.
///
/// The tag is the version that `VERSION.txt` names, if the project has one, and the commit: two commits never share an
/// image, and a person can read which version runs.
enum PackageScript {
    /// Sets `IMAGE`; the same line gives the same name in every job of a pipeline.
    static let name = """
        IMAGE="$CI_REGISTRY_IMAGE:$(cat VERSION.txt 2>/dev/null | tr -cd 'A-Za-z0-9._-' | sed 's/^[.-]*//; s/.$/&-/' | \
        cut -c1-80)$CI_COMMIT_SHORT_SHA"
        """

    static let docker = [
        name,
        #"echo "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY""#,
        // What the last build made is used again where nothing changed; the first one finds nothing.
        #"docker pull "$CI_REGISTRY_IMAGE:latest" || true"#,
        #"docker build --pull --build-arg BUILDKIT_INLINE_CACHE=1 --cache-from "$CI_REGISTRY_IMAGE:latest" --tag "$IMAGE" --tag "$CI_REGISTRY_IMAGE:latest" ."#,
        #"docker push "$IMAGE""#,
        #"docker push "$CI_REGISTRY_IMAGE:latest""#,
    ]

    static let buildah = [
        name,
        #"echo "$CI_REGISTRY_PASSWORD" | buildah login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY""#,
        #"buildah build --layers --cache-from "$CI_REGISTRY_IMAGE/cache" --cache-to "$CI_REGISTRY_IMAGE/cache" --tag "$IMAGE" ."#,
        #"buildah push "$IMAGE""#,
    ]
}

/// The shell of the jobs that bring a version to an environment.
///
/// Each runs with the environment's own token, in a kubeconfig whose context names the namespace.
struct DeployScript {
    var component: String
    /// Seconds.
    var limit: Int

    /// Brings the new image, waits until it is ready, and goes back to the old one when it is not.
    var deploy: [String] {
        [
            PackageScript.name,
            // The name under which the cluster records who set the image: aula shows it, and leaves the field alone.
            """
            kubectl set image "deployment/\(component)" "\(component)=$IMAGE" --field-manager=gitlab-deployer
            """,
            """
            if ! kubectl rollout status "deployment/\(component)" --timeout=\(limit)s; then
              kubectl get pods --selector "app.kubernetes.io/name=\(component)" || true
              kubectl rollout undo "deployment/\(component)"
              echo "$IMAGE did not become ready within \(limit) s: the version before it runs again."
              exit 1
            fi
            """,
        ]
    }

    var rollback: [String] {
        [
            "kubectl rollout undo \"deployment/\(component)\"",
            "kubectl rollout status \"deployment/\(component)\" --timeout=\(limit)s",
        ]
    }
}
