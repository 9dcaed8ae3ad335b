extension SchemaText {
    /// `apps/v1`, `batch/v1`, `autoscaling/v2` and `policy/v1`.
    static let workloads = """
        # io.k8s.api.apps.v1
        ControllerRevision data:any metadata*:ObjectMeta revision*:pint
        Deployment metadata*:ObjectMeta spec*:DeploymentSpec status*:DeploymentStatus
        DeploymentSpec minReadySeconds:int paused:bool progressDeadlineSeconds:pint replicas:pint revisionHistoryLimit:pint selector*:LabelSelector strategy*:DeploymentStrategy^ template*:PodTemplateSpec
        DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:str
        RollingUpdateDeployment maxSurge:intstr maxUnavailable:intstr
        DeploymentStatus availableReplicas:int collisionCount:pint conditions:[DeploymentCondition|type] observedGeneration:int readyReplicas:int replicas:int terminatingReplicas:pint unavailableReplicas:int updatedReplicas:int
        DeploymentCondition lastTransitionTime:time lastUpdateTime:time message:str reason:str status*:str type*:str
        ReplicaSet metadata*:ObjectMeta spec*:ReplicaSetSpec status*:ReplicaSetStatus
        ReplicaSetSpec minReadySeconds:int replicas:pint selector*:LabelSelector template*:PodTemplateSpec
        ReplicaSetStatus availableReplicas:int conditions:[ReplicaSetCondition|type] fullyLabeledReplicas:int observedGeneration:int readyReplicas:int replicas*:pint terminatingReplicas:pint
        ReplicaSetCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        StatefulSet metadata*:ObjectMeta spec*:StatefulSetSpec status*:StatefulSetStatus
        StatefulSetSpec minReadySeconds:int ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:str replicas:pint revisionHistoryLimit:pint selector*:LabelSelector serviceName*:str template*:PodTemplateSpec updateStrategy*:StatefulSetUpdateStrategy volumeClaimTemplates:[ClaimTemplate]
        ClaimTemplate apiVersion:str kind:str metadata*:ObjectMeta spec*:PersistentVolumeClaimSpec status*:PersistentVolumeClaimStatus
        StatefulSetOrdinals start*:pint
        StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:str whenScaled:str
        StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type:str
        RollingUpdateStatefulSetStrategy maxUnavailable:intstr partition:pint
        StatefulSetStatus availableReplicas*:pint collisionCount:pint conditions:[StatefulSetCondition|type] currentReplicas:int currentRevision:str observedGeneration:int readyReplicas:int replicas*:pint updateRevision:str updatedReplicas:int
        StatefulSetCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        DaemonSet metadata*:ObjectMeta spec*:DaemonSetSpec status*:DaemonSetStatus
        DaemonSetSpec minReadySeconds:int revisionHistoryLimit:pint selector*:LabelSelector template*:PodTemplateSpec updateStrategy*:DaemonSetUpdateStrategy
        DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:str
        RollingUpdateDaemonSet maxSurge:intstr maxUnavailable:intstr
        DaemonSetStatus collisionCount:pint conditions:[DaemonSetCondition|type] currentNumberScheduled*:pint desiredNumberScheduled*:pint numberAvailable:int numberMisscheduled*:pint numberReady*:pint numberUnavailable:int observedGeneration:int updatedNumberScheduled:int
        DaemonSetCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        # io.k8s.api.batch.v1
        Job metadata*:ObjectMeta spec*:JobSpec status*:JobStatus
        JobSpec activeDeadlineSeconds:pint backoffLimit:pint backoffLimitPerIndex:pint completionMode:pstr completions:pint managedBy:pstr manualSelector:pbool maxFailedIndexes:pint parallelism:pint podFailurePolicy:PodFailurePolicy podReplacementPolicy:pstr selector:LabelSelector successPolicy:SuccessPolicy suspend:pbool template*:PodTemplateSpec ttlSecondsAfterFinished:pint
        PodFailurePolicy rules*:[PodFailurePolicyRule]
        PodFailurePolicyRule action*:str onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[any]
        PodFailurePolicyOnExitCodesRequirement containerName:pstr operator*:str values*:[int|=]~
        SuccessPolicy rules*:[any]
        JobStatus active:int completedIndexes:str completionTime:time conditions:[JobCondition]+type failed:int failedIndexes:pstr ready:pint startTime:time succeeded:int terminating:pint uncountedTerminatedPods:UncountedTerminatedPods
        JobCondition lastProbeTime:time lastTransitionTime:time message:str reason:str status*:str type*:str
        UncountedTerminatedPods failed:[str|=]~ succeeded:[str|=]~
        CronJob metadata*:ObjectMeta spec*:CronJobSpec status*:CronJobStatus
        CronJobSpec concurrencyPolicy:str failedJobsHistoryLimit:pint jobTemplate*:JobTemplateSpec schedule*:str startingDeadlineSeconds:pint successfulJobsHistoryLimit:pint suspend:pbool timeZone:pstr
        JobTemplateSpec metadata*:ObjectMeta spec*:JobSpec
        CronJobStatus active:[ObjectReference] lastScheduleTime:time lastSuccessfulTime:time
        # io.k8s.api.autoscaling.v2
        HorizontalPodAutoscaler metadata*:ObjectMeta spec*:HorizontalPodAutoscalerSpec status*:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior maxReplicas*:pint metrics:[MetricSpec] minReplicas:pint scaleTargetRef*:CrossVersionObjectReference
        CrossVersionObjectReference apiVersion:str kind*:str name*:str
        HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules scaleUp:HPAScalingRules
        HPAScalingRules policies:[HPAScalingPolicy] selectPolicy:pstr stabilizationWindowSeconds:pint tolerance:qty
        HPAScalingPolicy periodSeconds*:pint type*:str value*:pint
        MetricSpec containerResource:any external:any object:any pods:any resource:ResourceMetricSource type*:str
        ResourceMetricSource name*:str target*:MetricTarget
        MetricTarget averageUtilization:pint averageValue:qty type*:str value:qty
        HorizontalPodAutoscalerStatus conditions:[HorizontalPodAutoscalerCondition|type] currentMetrics:[any] currentReplicas:int desiredReplicas*:pint lastScaleTime:time observedGeneration:pint
        HorizontalPodAutoscalerCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        # io.k8s.api.autoscaling.v1
        Scale metadata*:ObjectMeta spec*:ScaleSpec status*:ScaleStatus
        ScaleSpec replicas:int
        ScaleStatus replicas*:pint selector:str
        # io.k8s.api.policy.v1
        PodDisruptionBudget metadata*:ObjectMeta spec*:PodDisruptionBudgetSpec status*:PodDisruptionBudgetStatus
        PodDisruptionBudgetSpec maxUnavailable:intstr minAvailable:intstr selector:LabelSelector unhealthyPodEvictionPolicy:pstr
        PodDisruptionBudgetStatus conditions:[Condition|type] currentHealthy*:pint desiredHealthy*:pint disruptedPods:{time} disruptionsAllowed*:pint expectedPods*:pint observedGeneration:int
        """

    /// `rbac`, `networking`, `coordination`, `storage`, `discovery`, `authentication` and `authorization`.
    static let cluster = """
        # io.k8s.api.rbac.v1
        Role metadata*:ObjectMeta rules*:[PolicyRule]
        ClusterRole aggregationRule:AggregationRule metadata*:ObjectMeta rules*:[PolicyRule]
        AggregationRule clusterRoleSelectors:[LabelSelector]
        PolicyRule apiGroups:[str] nonResourceURLs:[str] resourceNames:[str] resources:[str] verbs*:[str]
        RoleBinding metadata*:ObjectMeta roleRef*:RoleRef subjects:[Subject]
        ClusterRoleBinding metadata*:ObjectMeta roleRef*:RoleRef subjects:[Subject]
        RoleRef! apiGroup*:str kind*:str name*:str
        Subject! apiGroup:str kind*:str name*:str namespace:str
        # io.k8s.api.networking.v1
        NetworkPolicy metadata*:ObjectMeta spec*:NetworkPolicySpec
        NetworkPolicySpec egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector*:LabelSelector policyTypes:[str]
        NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
        NetworkPolicyIngressRule from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]
        NetworkPolicyPeer ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
        NetworkPolicyPort endPort:pint port:intstr protocol:pstr
        IPBlock cidr*:str except:[str]
        Ingress metadata*:ObjectMeta spec*:IngressSpec status*:IngressStatus
        IngressSpec defaultBackend:IngressBackend ingressClassName:pstr rules:[IngressRule] tls:[IngressTLS]
        IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
        IngressServiceBackend name*:str port*:ServiceBackendPort
        ServiceBackendPort! name:str number:int
        IngressRule host:str http:HTTPIngressRuleValue
        HTTPIngressRuleValue paths*:[HTTPIngressPath]
        HTTPIngressPath backend*:IngressBackend path:str pathType*:pstr
        IngressTLS hosts:[str] secretName:str
        IngressStatus loadBalancer*:IngressLoadBalancerStatus
        IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
        IngressLoadBalancerIngress hostname:str ip:str ports:[any]
        IngressClass metadata*:ObjectMeta spec*:IngressClassSpec
        IngressClassSpec controller:str parameters:IngressClassParametersReference
        IngressClassParametersReference apiGroup:pstr kind*:str name*:str namespace:pstr scope:pstr
        IPAddress metadata*:ObjectMeta spec*:any
        ServiceCIDR metadata*:ObjectMeta spec*:ServiceCIDRSpec status*:ServiceCIDRStatus
        ServiceCIDRSpec cidrs:[str]
        ServiceCIDRStatus conditions:[Condition|type]
        # io.k8s.api.coordination.v1
        Lease metadata*:ObjectMeta spec*:LeaseSpec
        LeaseSpec acquireTime:time holderIdentity:pstr leaseDurationSeconds:pint leaseTransitions:pint preferredHolder:pstr renewTime:time strategy:pstr
        # io.k8s.api.storage.v1
        StorageClass allowVolumeExpansion:pbool allowedTopologies:[any] metadata*:ObjectMeta mountOptions:[str] parameters:{str} provisioner*:str reclaimPolicy:pstr volumeBindingMode:pstr
        # io.k8s.api.discovery.v1
        EndpointSlice addressType*:str endpoints*:[Endpoint] metadata*:ObjectMeta ports:[DiscoveryEndpointPort]
        Endpoint addresses:[str|=]~ conditions*:any deprecatedTopology:{str} hints:any hostname:pstr nodeName:pstr targetRef:ObjectReference zone:pstr
        DiscoveryEndpointPort! appProtocol:pstr name:pstr port:pint protocol:pstr
        # io.k8s.api.authentication.v1
        TokenRequest metadata*:ObjectMeta spec*:TokenRequestSpec status*:TokenRequestStatus
        TokenRequestSpec audiences*:[str] boundObjectRef:BoundObjectReference expirationSeconds:pint
        BoundObjectReference apiVersion:str kind:str name:str uid:str
        TokenRequestStatus expirationTimestamp:time token:str
        TokenReview metadata*:ObjectMeta spec*:TokenReviewSpec status*:any
        TokenReviewSpec audiences:[str] token:str
        SelfSubjectReview metadata*:ObjectMeta status*:any
        # io.k8s.api.authorization.v1
        SelfSubjectAccessReview metadata*:ObjectMeta spec*:SelfSubjectAccessReviewSpec status*:any
        SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes
        SubjectAccessReview metadata*:ObjectMeta spec*:SubjectAccessReviewSpec status*:any
        LocalSubjectAccessReview metadata*:ObjectMeta spec*:SubjectAccessReviewSpec status*:any
        SubjectAccessReviewSpec extra:{any} groups:[str] nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes uid:str user:str
        NonResourceAttributes path:str verb:str
        ResourceAttributes fieldSelector:any group:str labelSelector:any name:str namespace:str resource:str subresource:str verb:str version:str
        SelfSubjectRulesReview metadata*:ObjectMeta spec*:SelfSubjectRulesReviewSpec status*:any
        SelfSubjectRulesReviewSpec namespace:str
        # io.k8s.apimachinery.pkg.apis.meta.v1
        DeleteOptions dryRun:[str] gracePeriodSeconds:pint ignoreStoreReadErrorWithClusterBreakingPotential:pbool orphanDependents:pbool preconditions:Preconditions propagationPolicy:pstr
        Preconditions resourceVersion:pstr uid:pstr
        """
}
