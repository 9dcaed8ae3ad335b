import AulaModel
import AulaSandbox
import Foundation

/// The configuration folder of an `az` that is logged in to the sandbox, in `az`' own format.
///
/// Written rather than asked for: `az cloud register`, `az cloud set` and `az login` leave the same files behind and
/// take two to three seconds of every start.
struct AzureLogin: Sendable {
    let endpoint: String
    let settings: AzureSettings

    private static let cloud = "AulaSandbox"

    /// Writes the login, and drops what `az` remembers of another endpoint.
    func write(to folder: StateFolder) throws {
        if folder.read("clouds.config") != Data(clouds.utf8) {
            for name in ["msal_token_cache.json", "msal_http_cache.bin"] {
                try? FileManager.default.removeItem(at: folder[name])
            }
        }
        try folder.write(clouds, to: "clouds.config")
        try folder.write(configuration, to: "config")
        try folder.write(profile.text, to: "azureProfile.json")
        try folder.write(principals.text, to: "service_principal_entries.json")
    }

    private var clouds: String {
        """
        [\(AzureLogin.cloud)]
        endpoint_resource_manager = \(endpoint)
        endpoint_active_directory = \(endpoint)
        endpoint_active_directory_resource_id = \(endpoint)/
        endpoint_microsoft_graph_resource_id = \(endpoint)/graph/
        suffix_keyvault_dns = .vault.sandbox.invalid
        suffix_storage_endpoint = core.sandbox.invalid
        suffix_acr_login_server_endpoint = .azurecr.sandbox.invalid
        subscription = \(settings.subscription)

        """
    }

    /// Without instance discovery and telemetry nothing but the sandbox is ever called.
    private var configuration: String {
        """
        [cloud]
        name = \(AzureLogin.cloud)
        [core]
        instance_discovery = false
        collect_telemetry = false
        login_experience_v2 = false
        survey_message = false
        [extension]
        use_dynamic_install = no

        """
    }

    private var profile: JSON {
        let user: JSON = ["name": .string(settings.application), "type": "servicePrincipal"]
        let subscription: JSON = [
            "id": .string(settings.subscription), "name": .string(settings.subscriptionName), "state": "Enabled",
            "user": user, "isDefault": true, "tenantId": .string(settings.tenant),
            "environmentName": .string(AzureLogin.cloud), "homeTenantId": .string(settings.tenant),
            "managedByTenants": [],
        ]
        return ["subscriptions": [subscription]]
    }

    private var principals: JSON {
        [
            [
                "client_id": .string(settings.application), "tenant": .string(settings.tenant),
                "client_secret": .string(settings.secret),
            ]
        ]
    }
}
