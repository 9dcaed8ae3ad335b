import AulaModel
import AulaTokens

/// How a team's pipelines learn of the namespace that they deploy to.
extension Expander {
    /// The CI/CD variables that a GitLab job with the environment gets, named as GitLab itself names them for a
    /// registered cluster.
    mutating func addVariables(_ component: Component, _ group: Group, _ environment: Environment) {
        let namespace = cohort.namespace(of: group, in: environment)
        guard let access = access(to: namespace) else { return }
        let values: [(key: String, value: LateValue, secret: Bool, form: String, masked: Bool)] = [
            ("KUBE_URL", access.server, false, "env_var", false),
            ("KUBE_CA_PEM", access.authority, false, "env_var", false),
            ("KUBE_TOKEN", access.token, true, "env_var", true),
            ("KUBE_NAMESPACE", .text(namespace), false, "env_var", false),
            // A kubeconfig has line breaks or braces, which GitLab cannot mask: a file variable keeps it off the logs.
            ("KUBECONFIG", access.kubeconfig, true, "file", false),
        ]
        let project = project(component, group)
        for variable in values {
            add(
                Resource(
                    address: project.gitlab(.gitlabVariable, variable.key, environment: environment.name),
                    slot: Slot(group: group.key, environment: environment.name, component: component.name),
                    body: [
                        "environment_scope": .string(environment.name), "key": .string(variable.key),
                        "masked": .bool(variable.masked),
                        // It reaches the jobs of protected branches and tags only.
                        "protected": .bool(environment.tier == "production"), "raw": true,
                        "variable_type": .string(variable.form),
                    ],
                    late: [
                        LateField(path: ["value"], value: variable.value, secret: variable.secret),
                        .route("project_id", project),
                    ]))
        }
    }

    /// The registration of a certificate-based cluster: for self-managed GitLab with that feature switched on.
    mutating func addCluster(_ component: Component, _ group: Group, _ environment: Environment) {
        let namespace = cohort.namespace(of: group, in: environment)
        guard let access = access(to: namespace) else { return }
        let mark = Mark(cohort: cohort.name, id: cohort.id ?? "")
        let project = project(component, group)
        let platform = "platform_kubernetes_attributes"
        add(
            Resource(
                address: project.gitlab(.gitlabCluster, nil, environment: environment.name),
                slot: Slot(group: group.key, environment: environment.name, component: component.name),
                body: [
                    "environment_scope": .string(environment.name), "managed": false,
                    "name": .string("\(mark.line) \(namespace)"), "namespace_per_environment": false,
                    "platform_kubernetes_attributes": ["namespace": .string(namespace)],
                ],
                late: [
                    LateField(path: [platform, "api_url"], value: access.server, secret: false),
                    LateField(path: [platform, "ca_cert"], value: access.authority, secret: false),
                    // GitLab never returns it; the executor writes it again whenever anything else is written.
                    LateField(path: [platform, "token"], value: access.token, compared: false),
                    .route("project_id", project),
                ]))
    }
}

extension Expander {
    /// How to get into a namespace; nil, with an error, where its template makes no token.
    fileprivate mutating func access(to namespace: String) -> Access? {
        guard let token = deployerTokens[.namespace(namespace)] else {
            diagnostics.append(
                Diagnostic(
                    .error, "the template `environment` makes no token with which pipelines could deploy",
                    hint: "give it a Secret of type \(TokenPart.longLivedType)"))
            return nil
        }
        return Access(cohort: cohort, namespace: namespace, token: token)
    }
}

/// The parts of an access to one namespace, as values that are born in the cluster.
private struct Access {
    let server: LateValue
    let authority: LateValue
    let token: LateValue
    let kubeconfig: LateValue

    init(cohort: Cohort, namespace: String, token secret: Address) {
        server = .output(cohort.rootConfigMap, "server")
        authority = .output(cohort.rootConfigMap, "ca")
        token = .output(secret, TokenPart.field)
        // JSON is YAML; written by hand because its values are born later, and none of them needs escaping.
        kubeconfig = .joined([
            .text(#"{"apiVersion":"v1","kind":"Config","current-context":"aula","contexts":[{"name":"aula","#),
            .text(#""context":{"cluster":"aula","user":"gitlab-deployer","namespace":"\#(namespace)"}}],"#),
            .text(#""clusters":[{"name":"aula","cluster":{"server":""#), server,
            .text(#"","certificate-authority-data":""#), .base64(authority),
            .text(#""}}],"users":[{"name":"gitlab-deployer","user":{"token":""#), token, .text(#""}}]}"#),
        ])
    }
}
