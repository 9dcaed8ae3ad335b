/// The rows of what runs no pods: network, configuration, storage, rights.
extension RuleText {
    static let network = """
        services
          spec check service
          spec.ports[].name label
          spec.ports[].port required
          spec.ports[].port port
          spec.ports[].protocol in SCTP TCP UDP
          spec.ports[].targetPort portlike
          spec.ports check servicePorts
          spec.sessionAffinity in ClientIP None
          spec.sessionAffinityConfig.clientIP.timeoutSeconds 1..86400
          spec.externalIPs[] ip
          spec.externalTrafficPolicy in Cluster Local
          spec.internalTrafficPolicy in Cluster Local
          spec.ipFamilyPolicy in PreferDualStack RequireDualStack SingleStack
          spec.loadBalancerSourceRanges[] cidr
        ingresses.networking.k8s.io
          spec check ingress
          spec.ingressClassName subdomain
          spec.defaultBackend check backend
          spec.rules[].host check host
          spec.rules[].http.paths required
          spec.rules[].http.paths[].pathType required pathType must be specified
          spec.rules[].http.paths[].pathType in Exact ImplementationSpecific Prefix
          spec.rules[].http.paths[] check path
          spec.rules[].http.paths[].backend check backend
          spec.tls[].hosts[] check host
        ingressclasses.networking.k8s.io
          spec.controller required
        networkpolicies.networking.k8s.io
          spec.podSelector check labelSelector
          spec.ingress[].ports[] use PolicyPort
          spec.ingress[].from[] use Peer
          spec.egress[].ports[] use PolicyPort
          spec.egress[].to[] use Peer
          spec.policyTypes[] in Egress Ingress
        PolicyPort
          protocol in SCTP TCP UDP
          port portlike
          check endPort
        Peer
          check peer
          podSelector check labelSelector
          namespaceSelector check labelSelector
          ipBlock.cidr required
          ipBlock.cidr cidr
          ipBlock.except[] cidr
        """

    static let rest = """
        namespaces
          metadata.labels check podSecurity
        configmaps
          check configSize
          data check keys
          binaryData check keys
        secrets
          check secret
          data check keys
        persistentvolumeclaims
          spec use Claim
        Claim
          accessModes required at least 1 access mode is required
          accessModes[] in ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod
          resources check storage
          volumeMode in Block Filesystem
          storageClassName subdomain
        persistentvolumes
          spec.accessModes required
          spec.accessModes[] in ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod
          spec.capacity required
          spec.persistentVolumeReclaimPolicy in Delete Recycle Retain
          spec.volumeMode in Block Filesystem
        storageclasses.storage.k8s.io
          provisioner required
          reclaimPolicy in Delete Retain
          volumeBindingMode required
          volumeBindingMode in Immediate WaitForFirstConsumer
        resourcequotas
          spec.hard check quota
          spec.scopes[] in BestEffort CrossNamespacePodAffinity NotBestEffort NotTerminating PriorityClass Terminating
          spec.scopeSelector.matchExpressions[] check scope
        limitranges
          spec.limits unique type
          spec.limits[].type required
          spec.limits[] check limits
        rolebindings.rbac.authorization.k8s.io
          use Binding
        clusterrolebindings.rbac.authorization.k8s.io
          use Binding
        Binding
          roleRef.apiGroup in rbac.authorization.k8s.io
          check roleKind
          roleRef.name required
          subjects[].name required
          subjects[] check subject
        roles.rbac.authorization.k8s.io
          rules[] check roleRule
        clusterroles.rbac.authorization.k8s.io
          rules[] check roleRule
        leases.coordination.k8s.io
          spec.leaseDurationSeconds >0
          spec.leaseTransitions >=0
        priorityclasses.scheduling.k8s.io
          check priority
          preemptionPolicy in Never PreemptLowerPriority
        customresourcedefinitions.apiextensions.k8s.io
          check definition
          spec.group required
          spec.group subdomain
          spec.scope required
          spec.scope in Cluster Namespaced
          spec.versions required
          spec.names.plural required
          spec.names.singular required
          spec.names.kind required
          spec.names.listKind required
          spec.versions check storageVersion
          spec.versions[].schema.openAPIV3Schema required schemas are required
        selfsubjectaccessreviews.authorization.k8s.io
          spec check attributes
        localsubjectaccessreviews.authorization.k8s.io
          spec check attributes
          spec check subjectOfReview
        subjectaccessreviews.authorization.k8s.io
          spec check attributes
          spec check subjectOfReview
        """
}
