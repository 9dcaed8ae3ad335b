/// What the server demands of each kind's fields, as rows: a path, and what holds there.
///
/// ```
/// jobs.batch                                   the kind, or the name of a block that others use
///   spec.parallelism >=0                       `>N`, `>=N`, `A..B`: a number, where there is one
///   spec.template.spec use PodSpec             the rows of another block, from here on
/// ```
/// - `required [words]` the field is there and not empty; `in A B` it is one of these, where it is there.
/// - `label`, `subdomain`, `service`, `port`, `portname`, `ip`, `cidr`, `absolute`, `quantity`, `share`: its form.
/// - `unique NAME`: no two items of the list have the same member. `check NAME`: a rule that looks at several fields.
/// - `[]` each item of a list, `{}` each member of a map.
///
/// Order and words are those of Kubernetes' own validation (pkg/apis/*/validation), so that refusals read the same.
enum RuleText {
    static let all = [pods, workloads, network, rest].joined(separator: "\n")

    static let pods = """
        pods
          spec use PodSpec
        podtemplates
          template.spec use PodSpec
        PodSpec
          containers required
          initContainers[] use Container
          containers[] use Container
          check containerNames
          volumes[].name required
          volumes[].name label
          volumes unique name
          volumes[] check volumeSource
          volumes[].persistentVolumeClaim.claimName required
          volumes[].hostPath.path required
          volumes[].nfs.server required
          volumes[].nfs.path absolute
          restartPolicy in Always OnFailure Never
          dnsPolicy in ClusterFirst ClusterFirstWithHostNet Default None
          terminationGracePeriodSeconds >=0
          activeDeadlineSeconds 1..2147483647
          serviceAccountName subdomain
          hostname label
          priorityClassName subdomain
          tolerations[].operator in Equal Exists
          tolerations[].effect in NoExecute NoSchedule PreferNoSchedule
          topologySpreadConstraints[].maxSkew >0
          topologySpreadConstraints[].topologyKey required
          topologySpreadConstraints[].whenUnsatisfiable in DoNotSchedule ScheduleAnyway
          check mounts
        Container
          name required
          name label
          image required
          ports[].name portname
          ports[].containerPort required
          ports[].containerPort port
          ports[].hostPort port
          ports[].protocol in SCTP TCP UDP
          ports unique name
          env[].name required
          env[] check variable
          volumeMounts[].name required
          volumeMounts[].mountPath required
          volumeMounts check mountPaths
          livenessProbe use Probe
          livenessProbe.successThreshold 1..1
          readinessProbe use Probe
          startupProbe use Probe
          startupProbe.successThreshold 1..1
          lifecycle.preStop check handler
          lifecycle.postStart check handler
          imagePullPolicy in Always IfNotPresent Never
          terminationMessagePolicy in FallbackToLogsOnError File
          resources check resources
          securityContext check privilege
        Probe
          check handler
          initialDelaySeconds >=0
          timeoutSeconds >=0
          periodSeconds >=0
          successThreshold >=0
          failureThreshold >=0
          httpGet.path required
          httpGet.port portlike
          httpGet.scheme in HTTP HTTPS
          tcpSocket.port portlike
          grpc.port port
        """

    static let workloads = """
        Replicated
          spec.replicas >=0
          spec.minReadySeconds >=0
          spec.revisionHistoryLimit >=0
          spec check selector
          spec.template.spec use PodSpec
          spec.template.spec.restartPolicy in Always
        deployments.apps
          use Replicated
          spec.strategy.type in Recreate RollingUpdate
          spec.strategy check rollout
          spec check deadline
        replicasets.apps
          use Replicated
        daemonsets.apps
          use Replicated
          spec.updateStrategy.type in OnDelete RollingUpdate
          spec.updateStrategy check rollout
        statefulsets.apps
          use Replicated
          spec.podManagementPolicy in OrderedReady Parallel
          spec.updateStrategy.type in OnDelete RollingUpdate
          spec.updateStrategy.rollingUpdate.partition >=0
          spec.persistentVolumeClaimRetentionPolicy.whenDeleted in Delete Retain
          spec.persistentVolumeClaimRetentionPolicy.whenScaled in Delete Retain
        replicationcontrollers
          spec.replicas >=0
          spec.selector required
          spec.template required
          spec.template.spec use PodSpec
        Job
          parallelism >=0
          completions >=0
          activeDeadlineSeconds >=0
          backoffLimit >=0
          backoffLimitPerIndex >=0
          ttlSecondsAfterFinished >=0
          completionMode in Indexed NonIndexed
          podReplacementPolicy in Failed TerminatingOrFailed
          podFailurePolicy.rules[].action in Count FailIndex FailJob Ignore
          check job
          template.spec use PodSpec
        jobs.batch
          spec use Job
        cronjobs.batch
          metadata.name max 52
          spec.schedule required
          spec.schedule check schedule
          spec.concurrencyPolicy in Allow Forbid Replace
          spec.startingDeadlineSeconds >=0
          spec.successfulJobsHistoryLimit >=0
          spec.failedJobsHistoryLimit >=0
          spec.timeZone check timeZone
          spec.jobTemplate.spec use Job
        horizontalpodautoscalers.autoscaling
          spec.minReplicas >=1
          spec.maxReplicas >0
          spec check replicaBounds
          spec.scaleTargetRef.kind required
          spec.scaleTargetRef.name required
          spec.metrics[].type required must specify a metric source type
          spec.metrics[].type in ContainerResource External Object Pods Resource
          spec.metrics[] check metric
          spec.metrics[].resource.name required must specify a resource name
          spec.metrics[].resource.target.type required must specify a metric target type
          spec.metrics[].resource.target.type in AverageValue Utilization Value
          spec.metrics[].resource.target.averageUtilization >0
          spec.behavior.scaleUp use Scaling
          spec.behavior.scaleDown use Scaling
        Scaling
          stabilizationWindowSeconds 0..3600
          selectPolicy in Disabled Max Min
          policies[].type in Percent Pods
          policies[].value >0
          policies[].periodSeconds >0
        poddisruptionbudgets.policy
          spec check budget
          spec.minAvailable share
          spec.maxUnavailable share
          spec.unhealthyPodEvictionPolicy in AlwaysAllow IfHealthyBudget
        """
}
