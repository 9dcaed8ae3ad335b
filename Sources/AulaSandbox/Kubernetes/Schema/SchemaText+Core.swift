extension SchemaText {
    /// The metadata of all objects, and the containers, volumes and pods of the core group.
    static let pods = """
        # io.k8s.apimachinery.pkg.apis.meta.v1
        ObjectMeta annotations:{str} creationTimestamp:time deletionGracePeriodSeconds:pint deletionTimestamp:time finalizers:[str|=] generateName:str generation:int labels:{str} managedFields:[ManagedFieldsEntry] name:str namespace:str ownerReferences:[OwnerReference|uid] resourceVersion:str selfLink:str uid:str
        ManagedFieldsEntry apiVersion:str fieldsType:str fieldsV1:any manager:str operation:str subresource:str time:time
        OwnerReference! apiVersion*:str blockOwnerDeletion:pbool controller:pbool kind*:str name*:str uid*:str
        LabelSelector! matchExpressions:[LabelSelectorRequirement] matchLabels:{str}
        LabelSelectorRequirement key*:str operator*:str values:[str]
        Condition lastTransitionTime:time message:str observedGeneration:int reason:str status:str type:str
        # io.k8s.api.core.v1
        PodTemplateSpec metadata*:ObjectMeta spec*:PodSpec
        PodTemplate metadata*:ObjectMeta template*:PodTemplateSpec
        PodSpec activeDeadlineSeconds:pint affinity:Affinity automountServiceAccountToken:pbool containers*:[Container|name] dnsConfig:PodDNSConfig dnsPolicy:str enableServiceLinks:pbool ephemeralContainers:[EphemeralContainer|name] hostAliases:[HostAlias|ip] hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:pbool hostname:str hostnameOverride:pstr imagePullSecrets:[LocalObjectReference|name] initContainers:[Container|name] nodeName:str nodeSelector:{str}! os:PodOS overhead:{qty} preemptionPolicy:pstr priority:pint priorityClassName:str readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim|name]^ resources:ResourceRequirements restartPolicy:str runtimeClassName:pstr schedulerName:str schedulingGates:[PodSchedulingGate|name] securityContext:PodSecurityContext serviceAccount:str serviceAccountName:str setHostnameAsFQDN:pbool shareProcessNamespace:pbool subdomain:str terminationGracePeriodSeconds:pint tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint|topologyKey,whenUnsatisfiable] volumes:[Volume|name]^
        Container args:[str] command:[str] env:[EnvVar|name] envFrom:[EnvFromSource] image:str imagePullPolicy:str lifecycle:Lifecycle livenessProbe:Probe name*:str ports:[ContainerPort|containerPort,protocol] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources*:ResourceRequirements restartPolicy:pstr restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath:str terminationMessagePolicy:str tty:bool volumeDevices:[VolumeDevice|devicePath] volumeMounts:[VolumeMount|mountPath] workingDir:str
        EphemeralContainer args:[str] command:[str] env:[EnvVar|name] envFrom:[EnvFromSource] image:str imagePullPolicy:str lifecycle:Lifecycle livenessProbe:Probe name*:str ports:[ContainerPort|containerPort,protocol] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources*:ResourceRequirements restartPolicy:pstr restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool targetContainerName:str terminationMessagePath:str terminationMessagePolicy:str tty:bool volumeDevices:[VolumeDevice|devicePath] volumeMounts:[VolumeMount|mountPath] workingDir:str
        ContainerPort containerPort*:pint hostIP:str hostPort:int name:str protocol:str=TCP
        ContainerResizePolicy resourceName*:str restartPolicy*:str
        ContainerRestartRule action:str exitCodes:ContainerRestartRuleOnExitCodes
        ContainerRestartRuleOnExitCodes operator:str values:[int|=]~
        EnvVar name*:str value:str valueFrom:EnvVarSource
        EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
        ConfigMapKeySelector! key*:str name:str optional:pbool
        SecretKeySelector! key*:str name:str optional:pbool
        FileKeySelector! key*:str optional:pbool path*:str volumeName*:str
        ObjectFieldSelector! apiVersion:str fieldPath*:str
        ResourceFieldSelector! containerName:str divisor:qty resource*:str
        EnvFromSource configMapRef:ConfigMapEnvSource prefix:str secretRef:SecretEnvSource
        ConfigMapEnvSource name:str optional:pbool
        SecretEnvSource name:str optional:pbool
        Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:pstr
        LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
        ExecAction command:[str]
        HTTPGetAction host:str httpHeaders:[HTTPHeader] path:str port*:intstr scheme:str
        HTTPHeader name*:str value*:str
        SleepAction seconds*:pint
        TCPSocketAction host:str port*:intstr
        GRPCAction port*:pint service:pstr
        Probe exec:ExecAction failureThreshold:int grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:TCPSocketAction terminationGracePeriodSeconds:pint timeoutSeconds:int
        ResourceRequirements claims:[ResourceClaim|name]~ limits:{qty} requests:{qty}
        ResourceClaim name*:str request:str
        SecurityContext allowPrivilegeEscalation:pbool appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:pbool procMount:pstr readOnlyRootFilesystem:pbool runAsGroup:pint runAsNonRoot:pbool runAsUser:pint seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:any
        AppArmorProfile localhostProfile:pstr type*:str
        Capabilities add:[str] drop:[str]
        SELinuxOptions level:str role:str type:str user:str
        SeccompProfile localhostProfile:pstr type*:str
        PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:pint fsGroupChangePolicy:pstr runAsGroup:pint runAsNonRoot:pbool runAsUser:pint seLinuxChangePolicy:pstr seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[int] supplementalGroupsPolicy:pstr sysctls:[Sysctl] windowsOptions:any
        Sysctl name*:str value*:str
        VolumeDevice devicePath*:str name*:str
        VolumeMount mountPath*:str mountPropagation:pstr name*:str readOnly:bool recursiveReadOnly:pstr subPath:str subPathExpr:str
        Volume awsElasticBlockStore:any azureDisk:any azureFile:any cephfs:any cinder:any configMap:ConfigMapVolumeSource csi:any downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:any flexVolume:any flocker:any gcePersistentDisk:any gitRepo:any glusterfs:any hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:any name*:str nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:any portworxVolume:any projected:ProjectedVolumeSource quobyte:any rbd:any scaleIO:any secret:SecretVolumeSource storageos:any vsphereVolume:any
        ConfigMapVolumeSource defaultMode:pint items:[KeyToPath] name:str optional:pbool
        SecretVolumeSource defaultMode:pint items:[KeyToPath] optional:pbool secretName:str
        KeyToPath key*:str mode:pint path*:str
        DownwardAPIVolumeSource defaultMode:pint items:[DownwardAPIVolumeFile]
        DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:pint path*:str resourceFieldRef:ResourceFieldSelector
        EmptyDirVolumeSource medium:str sizeLimit:qty
        EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
        PersistentVolumeClaimTemplate metadata:ObjectMeta spec*:PersistentVolumeClaimSpec
        HostPathVolumeSource path*:str type:pstr
        ImageVolumeSource pullPolicy:str reference:str
        NFSVolumeSource path*:str readOnly:bool server*:str
        PersistentVolumeClaimVolumeSource claimName*:str readOnly:bool
        ProjectedVolumeSource defaultMode:pint sources*:[VolumeProjection]
        VolumeProjection clusterTrustBundle:any configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:any secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection
        ConfigMapProjection items:[KeyToPath] name:str optional:pbool
        SecretProjection items:[KeyToPath] name:str optional:pbool
        DownwardAPIProjection items:[DownwardAPIVolumeFile]
        ServiceAccountTokenProjection audience:str expirationSeconds:pint path*:str
        Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
        NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
        PreferredSchedulingTerm preference*:NodeSelectorTerm weight*:pint
        NodeSelector! nodeSelectorTerms*:[NodeSelectorTerm]
        NodeSelectorTerm! matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
        NodeSelectorRequirement key*:str operator*:str values:[str]
        PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
        PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
        WeightedPodAffinityTerm podAffinityTerm*:PodAffinityTerm weight*:pint
        PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[str] mismatchLabelKeys:[str] namespaceSelector:LabelSelector namespaces:[str] topologyKey*:str
        TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[str] maxSkew*:pint minDomains:pint nodeAffinityPolicy:pstr nodeTaintsPolicy:pstr topologyKey*:str whenUnsatisfiable*:str
        Toleration effect:str key:str operator:str tolerationSeconds:pint value:str
        HostAlias hostnames:[str] ip*:str
        LocalObjectReference! name:str
        PodOS name*:str
        PodDNSConfig nameservers:[str] options:[PodDNSConfigOption] searches:[str]
        PodDNSConfigOption name:str value:pstr
        PodReadinessGate conditionType*:str
        PodResourceClaim name*:str resourceClaimName:pstr resourceClaimTemplateName:pstr
        PodSchedulingGate name*:str
        Pod metadata*:ObjectMeta spec*:PodSpec status*:PodStatus
        PodStatus conditions:[PodCondition|type] containerStatuses:[ContainerStatus] ephemeralContainerStatuses:[ContainerStatus] hostIP:str hostIPs:[HostIP]+ip initContainerStatuses:[ContainerStatus] message:str nominatedNodeName:str observedGeneration:int phase:str podIP:str podIPs:[PodIP|ip] qosClass:str reason:str resize:str startTime:time
        PodCondition lastProbeTime:time lastTransitionTime:time message:str observedGeneration:int reason:str status*:str type*:str
        HostIP ip*:str
        PodIP ip*:str
        ContainerStatus containerID:str image*:str imageID*:str lastState:ContainerState name*:str ready*:pbool restartCount*:pint started:pbool state:ContainerState
        ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting
        ContainerStateRunning startedAt:time
        ContainerStateTerminated containerID:str exitCode*:pint finishedAt:time message:str reason:str signal:int startedAt:time
        ContainerStateWaiting message:str reason:str
        """
}
