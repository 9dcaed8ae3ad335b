/// What goes wrong in a sandbox: rules for single requests, and conditions of whole systems.
///
/// The text form, YAML or JSON, every key optional but one of `answer`, `drop` and `delay` in each rule:
/// ```yaml
/// faults:
///   - system: kubernetes            # azure, kubernetes or gitlab
///     cluster: cluster-memo2-*      # the cluster's name
///     method: [PATCH, POST]         # one or several
///     path: /api/v1/namespaces/*/secrets/**   # * inside a segment, ** any number of segments
///     query: { labelSelector: "*memo2*" }
///     nth: 3                        # the first of the matching requests that is struck (1)
///     times: 2                      # how many are struck from there (all)
///     delay: 1.5                    # seconds
///     answer: { status: 429, headers: { Retry-After: "2" }, body: { message: slow down } }
///   - path: /api/v4/projects
///     drop: request                 # before the system sees it; `answer`: after it did what was asked;
///                                   # a number: after so many bytes of the answer's body
/// conditions:
///   certificateClusters: false      # see SandboxConditions
/// ```
package struct FaultScript: Sendable, Hashable {
    package var rules: [FaultRule]
    package var conditions: SandboxConditions

    package init(rules: [FaultRule] = [], conditions: SandboxConditions = SandboxConditions()) {
        self.rules = rules
        self.conditions = conditions
    }
}
