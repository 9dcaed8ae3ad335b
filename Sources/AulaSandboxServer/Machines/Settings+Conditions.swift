import AulaSandbox

extension ClusterSettings {
    mutating func apply(_ conditions: SandboxConditions) {
        if let seconds = conditions.tokenDelaySeconds { tokenDelaySeconds = seconds }
        if let seconds = conditions.podStartSeconds { podStartSeconds = seconds }
        if let seconds = conditions.loadBalancerSeconds { loadBalancerSeconds = seconds }
        if let seconds = conditions.namespaceSeconds { namespaceSeconds = seconds }
        if let seconds = conditions.continueSeconds { continueSeconds = seconds }
        if let seconds = conditions.tokenCapSeconds { tokenCapSeconds = seconds }
        brokenImages.formUnion(conditions.brokenImages)
        crashingImages.formUnion(conditions.crashingImages)
    }
}

extension AzureSettings {
    func applying(_ conditions: SandboxConditions) -> AzureSettings {
        var settings = self
        if let offer = conditions.offer { settings.become(offer) }
        if let state = conditions.subscriptionState { settings.state = state }
        if let places = conditions.allowedLocations { settings.allowedLocations = places }
        if let sizes = conditions.restrictedSizes { settings.restrictedSizes = sizes }
        settings.unregistered = conditions.unregisteredProviders
        if let quota = conditions.vcpuQuota {
            settings.quota = quota
            settings.quotas = [:]
        }
        settings.quotas.merge(conditions.familyQuotas) { $1 }
        if let seconds = conditions.operationSeconds {
            settings.durations.createCluster = seconds
            settings.durations.updateCluster = seconds
            settings.durations.stopCluster = seconds
            settings.durations.startCluster = seconds
            settings.durations.deleteCluster = seconds
            settings.durations.deleteGroup = seconds
            settings.durations.changeResource = min(seconds, settings.durations.changeResource)
        }
        return settings
    }
}

extension GitLabSettings {
    func applying(_ conditions: SandboxConditions) -> GitLabSettings {
        var settings = self
        if let on = conditions.certificateClusters { settings.certificateClusters = on }
        if let allowed = conditions.localRequests { settings.localRequests = allowed }
        if let requests = conditions.requestsPerMinute {
            settings.throttle = GitLabSettings.Throttle(requests: requests, seconds: 60)
        }
        return settings
    }
}
