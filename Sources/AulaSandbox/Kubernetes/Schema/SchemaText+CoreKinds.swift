extension SchemaText {
    /// The other kinds of `core/v1`.
    static let core = """
        # io.k8s.api.core.v1
        Namespace metadata*:ObjectMeta spec*:NamespaceSpec status*:NamespaceStatus
        NamespaceSpec finalizers:[str]
        NamespaceStatus conditions:[NamespaceCondition|type] phase:str
        NamespaceCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        ConfigMap binaryData:{bytes} data:{pstr} immutable:pbool metadata*:ObjectMeta
        Secret data:{bytes} immutable:pbool metadata*:ObjectMeta stringData:{pstr} type:str
        ServiceAccount automountServiceAccountToken:pbool imagePullSecrets:[LocalObjectReference] metadata*:ObjectMeta secrets:[ObjectReference|name]
        ObjectReference! apiVersion:str fieldPath:str kind:str name:str namespace:str resourceVersion:str uid:str
        Service metadata*:ObjectMeta spec*:ServiceSpec status*:ServiceStatus
        ServiceSpec allocateLoadBalancerNodePorts:pbool clusterIP:str clusterIPs:[str] externalIPs:[str] externalName:str externalTrafficPolicy:str healthCheckNodePort:int internalTrafficPolicy:pstr ipFamilies:[str] ipFamilyPolicy:pstr loadBalancerClass:pstr loadBalancerIP:str loadBalancerSourceRanges:[str] ports:[ServicePort|port,protocol] publishNotReadyAddresses:bool selector:{str}! sessionAffinity:str sessionAffinityConfig:SessionAffinityConfig trafficDistribution:pstr type:str
        ServicePort appProtocol:pstr name:str nodePort:int port*:pint protocol:str=TCP targetPort:intstr
        SessionAffinityConfig clientIP:ClientIPConfig
        ClientIPConfig timeoutSeconds:pint
        ServiceStatus conditions:[Condition|type] loadBalancer*:LoadBalancerStatus
        LoadBalancerStatus ingress:[LoadBalancerIngress]
        LoadBalancerIngress hostname:str ip:str ipMode:pstr ports:[PortStatus]
        PortStatus error:pstr port*:pint protocol*:str
        Endpoints metadata*:ObjectMeta subsets:[EndpointSubset]
        EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
        EndpointAddress! hostname:str ip*:str nodeName:pstr targetRef:ObjectReference
        EndpointPort! appProtocol:pstr name:str port*:pint protocol:str
        PersistentVolumeClaim metadata*:ObjectMeta spec*:PersistentVolumeClaimSpec status*:PersistentVolumeClaimStatus
        PersistentVolumeClaimSpec accessModes:[str] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources*:VolumeResourceRequirements selector:LabelSelector storageClassName:pstr volumeAttributesClassName:pstr volumeMode:pstr volumeName:str
        TypedLocalObjectReference! apiGroup:pstr kind*:str name*:str
        TypedObjectReference apiGroup:pstr kind*:str name*:str namespace:pstr
        VolumeResourceRequirements limits:{qty} requests:{qty}
        PersistentVolumeClaimStatus accessModes:[str] allocatedResourceStatuses:{str} allocatedResources:{qty} capacity:{qty} conditions:[PersistentVolumeClaimCondition|type] currentVolumeAttributesClassName:pstr modifyVolumeStatus:any phase:str
        PersistentVolumeClaimCondition lastProbeTime:time lastTransitionTime:time message:str reason:str status*:str type*:str
        PersistentVolume metadata*:ObjectMeta spec*:PersistentVolumeSpec status*:PersistentVolumeStatus
        PersistentVolumeSpec accessModes:[str] capacity:{qty} claimRef:ClaimReference csi:any hostPath:HostPathVolumeSource local:any mountOptions:[str] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:str storageClassName:str volumeAttributesClassName:pstr volumeMode:pstr
        ClaimReference apiVersion:str fieldPath:str kind:str name:str namespace:str resourceVersion:str uid:str
        VolumeNodeAffinity required:NodeSelector
        PersistentVolumeStatus lastPhaseTransitionTime:time message:str phase:str reason:str
        ResourceQuota metadata*:ObjectMeta spec*:ResourceQuotaSpec status*:ResourceQuotaStatus
        ResourceQuotaSpec hard:{qty} scopeSelector:ScopeSelector scopes:[str]
        ScopeSelector! matchExpressions:[ScopedResourceSelectorRequirement]
        ScopedResourceSelectorRequirement operator*:str scopeName*:str values:[str]
        ResourceQuotaStatus hard:{qty} used:{qty}
        LimitRange metadata*:ObjectMeta spec*:LimitRangeSpec
        LimitRangeSpec limits*:[LimitRangeItem]
        LimitRangeItem default:{qty} defaultRequest:{qty} max:{qty} maxLimitRequestRatio:{qty} min:{qty} type*:str
        Event action:str count:int eventTime:time firstTimestamp:time involvedObject*:ObjectReference lastTimestamp:time message:str metadata*:ObjectMeta reason:str related:ObjectReference reportingComponent:str reportingInstance:str series:any source*:EventSource type:str
        EventSource component:str host:str
        Node metadata*:ObjectMeta spec*:NodeSpec status*:NodeStatus
        NodeSpec configSource:any externalID:str podCIDR:str podCIDRs:[str|=] providerID:str taints:[Taint] unschedulable:bool
        Taint effect*:str key*:str timeAdded:time value:str
        NodeStatus addresses:[NodeAddress|type] allocatable:{qty} capacity:{qty} conditions:[NodeCondition|type] daemonEndpoints:any declaredFeatures:[str] features:any images:[ContainerImage] nodeInfo:any phase:str runtimeHandlers:[any] volumesAttached:[any] volumesInUse:[str]
        NodeAddress address*:str type*:str
        NodeCondition lastHeartbeatTime:time lastTransitionTime:time message:str reason:str status*:str type*:str
        ContainerImage names:[str] sizeBytes:int
        ReplicationController metadata*:ObjectMeta spec*:ReplicationControllerSpec status*:ReplicationControllerStatus
        ReplicationControllerSpec minReadySeconds:int replicas:pint selector:{str}! template:PodTemplateSpec
        ReplicationControllerStatus availableReplicas:int conditions:[ReplicationControllerCondition|type] fullyLabeledReplicas:int observedGeneration:int readyReplicas:int replicas*:pint
        ReplicationControllerCondition lastTransitionTime:time message:str reason:str status*:str type*:str
        """
}
