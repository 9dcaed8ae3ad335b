import AulaModel

/// The types that the sandbox's Azure knows, a row each.
extension AzureKind {
    static let table: [AzureKind] = clusters + network + compute + authorization + others

    private static let clusters = [
        AzureKind(AzureCloud.clusterType) {
            $0.shownType = "Microsoft.ContainerService/ManagedClusters"
            $0.saysGroupsInLowerCase = true
            $0.name = AzureNameRule(longest: 63, marks: "-_", code: "InvalidParameter")
            $0.stamp = .strong
            $0.isSlow = true
            $0.merges = true
            $0.isFlat = true
            $0.head = ["sku": ["name": "Base", "tier": "Free"], "kind": "Base"]
            $0.fixed = [
                "dnsPrefix", "fqdnSubdomain", "nodeResourceGroup", "enableRBAC", "networkProfile.networkPlugin",
                "networkProfile.serviceCidr", "networkProfile.dnsServiceIP",
            ]
            $0.readOnly = [
                "provisioningState", "powerState", "fqdn", "azurePortalFQDN", "currentKubernetesVersion",
                "maxAgentPools", "resourceUID", "identityProfile",
            ]
            $0.complete = ManagedCluster.complete
        },
        AzureKind(AzureCloud.poolType) {
            $0.saysGroupsInLowerCase = true
            $0.level = .parent
            $0.name = AzureNameRule(longest: 12, marks: "", code: "InvalidParameter")
            $0.hasLocation = false
            $0.hasTags = false
            $0.stamp = .none
            $0.isSlow = true
            $0.merges = true
            $0.isFlat = true
            $0.fixed = ["vmSize", "osDiskSizeGB", "osDiskType", "osType", "maxPods"]
            $0.readOnly = ["name", "provisioningState", "powerState", "currentOrchestratorVersion", "eTag"]
            $0.missing = { .flat(404, "NotFound", "Could not find the agentpool: \($0.name).") }
            $0.complete = AgentPool.complete
        },
        AzureKind("\(AzureCloud.clusterType)/maintenanceConfigurations") {
            $0.level = .parent
            $0.saysType = false
            $0.hasLocation = false
            $0.hasTags = false
            $0.hasState = false
            $0.stamp = .none
            $0.statuses.created = 200
            $0.isFlat = true
            $0.missing = { .flat(404, "NotFound", "Could not find the maintenance configuration: \($0.name).") }
            $0.complete = { new, _, _, _ in
                guard
                    ["default", "akschannelautoupgrade", "aksmanagednodeosupgradeschedule"].contains(
                        new.name.lowercased())
                else {
                    throw AzureFailure.flat(
                        400, "InvalidParameter",
                        "The name of a maintenance configuration is default, aksManagedAutoUpgradeSchedule or "
                            + "aksManagedNodeOSUpgradeSchedule.")
                }
                if new.properties["notAllowedTime"] == [] { new.properties["notAllowedTime"] = nil }
            }
        },
    ]

    private static let network =
        [
            AzureKind("Microsoft.Network/publicIPAddresses") {
                $0.isSlow = true
                $0.head = ["sku": ["name": "Standard", "tier": "Regional"]]
                $0.defaults = [
                    "publicIPAddressVersion": "IPv4", "publicIPAllocationMethod": "Dynamic", "idleTimeoutInMinutes": 4,
                    "ipTags": [],
                ]
                $0.readOnly = ["provisioningState", "resourceGuid", "ipAddress", "ipConfiguration"]
                $0.complete = AzureNetwork.completeAddress
            },
            AzureKind("Microsoft.Network/loadBalancers") {
                $0.isSlow = true
                $0.head = ["sku": ["name": "Standard", "tier": "Regional"]]
                $0.defaults = [
                    "frontendIPConfigurations": [], "backendAddressPools": [], "loadBalancingRules": [], "probes": [],
                    "inboundNatRules": [], "inboundNatPools": [], "outboundRules": [],
                ]
                $0.complete = AzureNetwork.complete
            },
            AzureKind("Microsoft.Network/networkSecurityGroups") {
                $0.isSlow = true
                $0.defaults = ["securityRules": [], "defaultSecurityRules": []]
                $0.complete = AzureNetwork.complete
            },
            AzureKind("Microsoft.Network/virtualNetworks") {
                $0.isSlow = true
                $0.defaults = [
                    "addressSpace": ["addressPrefixes": []], "subnets": [], "virtualNetworkPeerings": [],
                    "enableDdosProtection": false,
                ]
                $0.complete = AzureNetwork.complete
            },
        ]
        + ["networkInterfaces", "natGateways", "routeTables"].map { type in
            AzureKind("Microsoft.Network/\(type)") {
                $0.isSlow = true
                $0.complete = AzureNetwork.complete
            }
        }

    private static let compute =
        [
            AzureKind("Microsoft.Compute/disks") {
                $0.stamp = .none
                $0.statuses.created = 202
                $0.isSlow = true
                $0.head = ["sku": ["name": "Standard_LRS", "tier": "Standard"]]
                $0.defaults = [
                    "creationData": ["createOption": "Empty"], "diskSizeGB": 32, "diskIOPSReadWrite": 500,
                    "diskMBpsReadWrite": 60, "diskState": "Unattached", "networkAccessPolicy": "AllowAll",
                    "publicNetworkAccess": "Enabled",
                ]
                $0.readOnly = ["provisioningState", "diskState", "timeCreated", "uniqueId"]
                $0.complete = { new, old, _, call in
                    new.properties["timeCreated"] = old?.properties["timeCreated"] ?? AzureCall.time(call.now)
                }
            }
        ]
        + ["virtualMachineScaleSets", "virtualMachines", "snapshots", "availabilitySets"].map { type in
            AzureKind("Microsoft.Compute/\(type)") {
                $0.stamp = .none
                $0.isSlow = true
            }
        }

    private static let authorization = [
        AzureKind("Microsoft.Authorization/locks") {
            $0.aboutSomething()
            $0.name = AzureNameRule(longest: 260, marks: "-_.()")
            $0.missing = { AzureFailure(404, "LockNotFound", "The lock '\($0.name)' could not be found.") }
            $0.complete = AzureAuthorization.completeLock
        },
        AzureKind("Microsoft.Authorization/roleAssignments") {
            $0.aboutSomething()
            $0.answersDeleted = true
            $0.missing = {
                AzureFailure(404, "RoleAssignmentNotFound", "The role assignment '\($0.name)' is not found.")
            }
            $0.complete = AzureAuthorization.completeRole
        },
        AzureKind("Microsoft.Authorization/roleDefinitions") {
            $0.aboutSomething()
            $0.missing = {
                AzureFailure(
                    404, "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '\($0.name)' does not exist.")
            }
        },
        AzureKind("Microsoft.Authorization/policyAssignments") {
            $0.aboutSomething()
            $0.name = AzureNameRule(longest: 128, marks: "-_. ()")
            $0.statuses.changed = 201
            $0.answersDeleted = true
            $0.head = ["sku": ["name": "A0", "tier": "Free"]]
            $0.missing = {
                AzureFailure(404, "PolicyAssignmentNotFound", "The policy assignment '\($0.name)' is not found.")
            }
            $0.complete = AzureAuthorization.completePolicy
        },
        AzureKind("Microsoft.Consumption/budgets") {
            $0.aboutSomething()
            $0.stamp = .quoted
            $0.name = AzureNameRule(longest: 63, marks: "-_")
            $0.defaults = ["notifications": [:], "currentSpend": .null]
            $0.missing = { AzureFailure(404, "404", "Budget with name: [\($0.name)] does not exist.") }
            $0.complete = AzureBudget.complete
        },
    ]

    /// What a class does not make but a subscription may hold: listed, read, made and deleted as it is.
    private static let others = [
        "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.ContainerRegistry/registries",
        "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.OperationalInsights/workspaces",
        "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.Web/sites",
    ].map { AzureKind($0) { $0.stamp = .none } }

    /// Of the kinds that are about a scope and live without a place of their own.
    private mutating func aboutSomething() {
        level = .anywhere
        hasLocation = false
        hasTags = false
        hasState = false
        stamp = .none
    }
}
