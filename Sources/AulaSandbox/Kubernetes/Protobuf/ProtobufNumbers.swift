/// The numbers by which a protobuf body names the fields of the schema's types.
///
/// kubectl sends protobuf from the commands that work on typed objects: `create`, `create token`, `auth can-i`. The table
/// holds what those commands fill in. `http=2.1` is field 1 of an unnamed message in field 2.
struct ProtobufNumbers: Sendable {
    static let shared = ProtobufNumbers(parsing: text)

    /// By type name, then by the path of numbers as it is written above.
    private let names: [String: [String: String]]

    init(parsing text: String) {
        var names: [String: [String: String]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            var fields: [String: String] = [:]
            for word in words.dropFirst() {
                let halves = word.split(separator: "=")
                fields[String(halves[1])] = String(halves[0])
            }
            names[String(words[0])] = fields
        }
        self.names = names
    }

    func field(_ number: String, of type: String) -> String? { names[type]?[number] }

    /// The field holds a message without a name of its own.
    func isWrapper(_ number: String, of type: String) -> Bool {
        names[type]?.keys.contains { $0.hasPrefix(number + ".") } ?? false
    }

    private static let text = """
        ObjectMeta name=1 generateName=2 namespace=3 selfLink=4 uid=5 resourceVersion=6 generation=7 creationTimestamp=8 deletionTimestamp=9 deletionGracePeriodSeconds=10 labels=11 annotations=12 ownerReferences=13 finalizers=14
        OwnerReference kind=1 name=3 uid=4 apiVersion=5 controller=6 blockOwnerDeletion=7
        LabelSelector matchLabels=1 matchExpressions=2
        LabelSelectorRequirement key=1 operator=2 values=3
        DeleteOptions gracePeriodSeconds=1 preconditions=2 orphanDependents=3 propagationPolicy=4 dryRun=5
        Preconditions uid=1 resourceVersion=2
        Namespace metadata=1 spec=2 status=3
        NamespaceSpec finalizers=1
        NamespaceStatus phase=1
        ConfigMap metadata=1 data=2 binaryData=3 immutable=4
        Secret metadata=1 data=2 type=3 stringData=4 immutable=5
        ServiceAccount metadata=1 secrets=2 imagePullSecrets=3 automountServiceAccountToken=4
        LocalObjectReference name=1
        ObjectReference kind=1 namespace=2 name=3 uid=4 apiVersion=5 resourceVersion=6 fieldPath=7
        Service metadata=1 spec=2 status=3
        ServiceSpec ports=1 selector=2 clusterIP=3 type=4 externalIPs=5 sessionAffinity=7 loadBalancerIP=8 loadBalancerSourceRanges=9 externalName=10 externalTrafficPolicy=11 healthCheckNodePort=12 publishNotReadyAddresses=13 ipFamilyPolicy=17 clusterIPs=18 ipFamilies=19 allocateLoadBalancerNodePorts=20 loadBalancerClass=21 internalTrafficPolicy=22
        ServicePort name=1 protocol=2 port=3 targetPort=4 nodePort=5 appProtocol=6
        ServiceStatus loadBalancer=1
        LoadBalancerStatus ingress=1
        ResourceQuota metadata=1 spec=2 status=3
        ResourceQuotaSpec hard=1 scopes=2
        Pod metadata=1 spec=2 status=3
        PodStatus phase=1
        PodTemplateSpec metadata=1 spec=2
        PodSpec volumes=1 containers=2 restartPolicy=3 terminationGracePeriodSeconds=4 activeDeadlineSeconds=5 dnsPolicy=6 nodeSelector=7 serviceAccountName=8 serviceAccount=9 nodeName=10 hostNetwork=11 hostPID=12 hostIPC=13 securityContext=14 imagePullSecrets=15 hostname=16 subdomain=17 schedulerName=19 initContainers=20 automountServiceAccountToken=21 tolerations=22 priorityClassName=24 priority=25
        PodSecurityContext runAsUser=2 runAsNonRoot=3 fsGroup=5 runAsGroup=6
        Toleration key=1 operator=2 value=3 effect=4 tolerationSeconds=5
        Container name=1 image=2 command=3 args=4 workingDir=5 ports=6 env=7 resources=8 volumeMounts=9 terminationMessagePath=13 imagePullPolicy=14 stdin=16 stdinOnce=17 tty=18 envFrom=19 terminationMessagePolicy=20
        ContainerPort name=1 hostPort=2 containerPort=3 protocol=4 hostIP=5
        EnvVar name=1 value=2 valueFrom=3
        EnvVarSource fieldRef=1 configMapKeyRef=3 secretKeyRef=4
        ObjectFieldSelector apiVersion=1 fieldPath=2
        ConfigMapKeySelector name=1.1 key=2 optional=3
        SecretKeySelector name=1.1 key=2 optional=3
        EnvFromSource prefix=1 configMapRef=2 secretRef=3
        ConfigMapEnvSource name=1.1 optional=2
        SecretEnvSource name=1.1 optional=2
        ResourceRequirements limits=1 requests=2
        VolumeMount name=1 readOnly=2 mountPath=3 subPath=4
        Volume name=1 hostPath=2.1 emptyDir=2.2 secret=2.6 persistentVolumeClaim=2.10 configMap=2.19
        EmptyDirVolumeSource medium=1 sizeLimit=2
        SecretVolumeSource secretName=1 items=2 defaultMode=3 optional=4
        ConfigMapVolumeSource name=1.1 items=2 defaultMode=3 optional=4
        PersistentVolumeClaimVolumeSource claimName=1 readOnly=2
        KeyToPath key=1 path=2 mode=3
        Deployment metadata=1 spec=2 status=3
        DeploymentSpec replicas=1 selector=2 template=3 strategy=4 minReadySeconds=5 revisionHistoryLimit=6 paused=7 progressDeadlineSeconds=9
        DeploymentStrategy type=1 rollingUpdate=2
        RollingUpdateDeployment maxUnavailable=1 maxSurge=2
        DeploymentStatus observedGeneration=1 replicas=2 updatedReplicas=3 availableReplicas=4 unavailableReplicas=5 readyReplicas=7
        Job metadata=1 spec=2 status=3
        JobSpec parallelism=1 completions=2 activeDeadlineSeconds=3 selector=4 manualSelector=5 template=6 backoffLimit=7 ttlSecondsAfterFinished=8 completionMode=9 suspend=10
        JobStatus active=4 succeeded=5 failed=6 completedIndexes=7
        CronJob metadata=1 spec=2 status=3
        CronJobSpec schedule=1 startingDeadlineSeconds=2 concurrencyPolicy=3 suspend=4 jobTemplate=5 successfulJobsHistoryLimit=6 failedJobsHistoryLimit=7 timeZone=8
        JobTemplateSpec metadata=1 spec=2
        Role metadata=1 rules=2
        ClusterRole metadata=1 rules=2 aggregationRule=3
        AggregationRule clusterRoleSelectors=1
        PolicyRule verbs=1 apiGroups=2 resources=3 resourceNames=4 nonResourceURLs=5
        RoleBinding metadata=1 subjects=2 roleRef=3
        ClusterRoleBinding metadata=1 subjects=2 roleRef=3
        Subject kind=1 apiGroup=2 name=3 namespace=4
        RoleRef apiGroup=1 kind=2 name=3
        PodDisruptionBudget metadata=1 spec=2 status=3
        PodDisruptionBudgetSpec minAvailable=1 selector=2 maxUnavailable=3 unhealthyPodEvictionPolicy=4
        PodDisruptionBudgetStatus observedGeneration=1 disruptionsAllowed=3 currentHealthy=4 desiredHealthy=5 expectedPods=6
        Ingress metadata=1 spec=2 status=3
        IngressSpec defaultBackend=1 tls=2 rules=3 ingressClassName=4
        IngressTLS hosts=1 secretName=2
        IngressRule host=1 http=2.1
        HTTPIngressRuleValue paths=1
        HTTPIngressPath path=1 backend=2 pathType=3
        IngressBackend resource=3 service=4
        IngressServiceBackend name=1 port=2
        ServiceBackendPort name=1 number=2
        IngressStatus loadBalancer=1
        IngressLoadBalancerStatus ingress=1
        HorizontalPodAutoscaler metadata=1 spec=2 status=3
        HorizontalPodAutoscalerSpec scaleTargetRef=1 minReplicas=2 maxReplicas=3 metrics=4
        HorizontalPodAutoscalerStatus observedGeneration=1 currentReplicas=3 desiredReplicas=4
        CrossVersionObjectReference kind=1 name=2 apiVersion=3
        MetricSpec type=1 resource=4
        ResourceMetricSource name=1 target=2
        MetricTarget type=1 value=2 averageValue=3 averageUtilization=4
        TokenRequest metadata=1 spec=2 status=3
        TokenRequestSpec audiences=1 boundObjectRef=3 expirationSeconds=4
        TokenRequestStatus token=1 expirationTimestamp=2
        BoundObjectReference kind=1 apiVersion=2 name=3 uid=4
        SelfSubjectAccessReview metadata=1 spec=2 status=3
        SelfSubjectAccessReviewSpec resourceAttributes=1 nonResourceAttributes=2
        SubjectAccessReview metadata=1 spec=2 status=3
        LocalSubjectAccessReview metadata=1 spec=2 status=3
        SubjectAccessReviewSpec resourceAttributes=1 nonResourceAttributes=2 user=3 groups=4 uid=6
        ResourceAttributes namespace=1 verb=2 group=3 version=4 resource=5 subresource=6 name=7
        NonResourceAttributes path=1 verb=2
        SelfSubjectRulesReview metadata=1 spec=2 status=3
        SelfSubjectRulesReviewSpec namespace=1
        SelfSubjectReview metadata=1 status=2
        """
}
