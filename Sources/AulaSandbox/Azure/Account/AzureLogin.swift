import AulaModel
import Foundation

/// Discovery and the login of a service principal.
extension AzureCloud {
    static let loginRoutes: [AzureRoute] = [
        AzureRoute("GET", "metadata/endpoints", needsToken: false) { _, call in
            .json(200, endpoints(base: call.base))
        },
        AzureRoute("GET", ":tenant/v2.0/.well-known/openid-configuration", needsToken: false) { cloud, call in
            try cloud.openIDConfiguration(call, version: "/v2.0")
        },
        AzureRoute("GET", ":tenant/.well-known/openid-configuration", needsToken: false) { cloud, call in
            try cloud.openIDConfiguration(call, version: "")
        },
        AzureRoute("POST", ":tenant/oauth2/v2.0/token", needsToken: false) { cloud, call in try cloud.login(call) },
        AzureRoute("POST", ":tenant/oauth2/token", needsToken: false) { cloud, call in try cloud.login(call) },
    ]

    private static func endpoints(base: String) -> JSON {
        [
            "portal": .string(base),
            "authentication": [
                "loginEndpoint": .string("\(base)/"), "audiences": [.string("\(base)/")], "tenant": "common",
                "identityProvider": "AAD",
            ],
            "graphAudience": .string("\(base)/graph/"), "graph": .string("\(base)/graph/"), "name": "AulaSandbox",
            "suffixes": ["storage": "core.sandbox.invalid"], "batch": .string("\(base)/batch"),
            "resourceManager": .string("\(base)/"), "microsoftGraphResourceId": .string("\(base)/graph/"),
            "gallery": .string("\(base)/gallery"), "sqlManagement": .string("\(base)/sql"),
            "media": .string("\(base)/media"), "vmImageAliasDoc": .string("\(base)/aliases.json"),
            "activeDirectoryDataLake": .string("\(base)/datalake"),
        ]
    }

    private func isKnown(tenant: String) -> Bool {
        [settings.tenant.lowercased(), "organizations", "common", "adfs"].contains(tenant.lowercased())
    }

    private func openIDConfiguration(_ call: AzureCall, version: String) throws -> Answer {
        let tenant = call.parameter("tenant")
        guard isKnown(tenant: tenant) else {
            return .json(
                400,
                [
                    "error": "invalid_tenant",
                    "error_description": .string(
                        "AADSTS90002: Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID."),
                    "error_codes": [90_002],
                ])
        }
        let root = "\(call.base)/\(tenant)"
        return .json(
            200,
            [
                "issuer": .string("\(root)\(version)"),
                "authorization_endpoint": .string("\(root)/oauth2\(version)/authorize"),
                "token_endpoint": .string("\(root)/oauth2\(version)/token"),
                "device_authorization_endpoint": .string("\(root)/oauth2\(version)/devicecode"),
                "jwks_uri": .string("\(root)/discovery\(version)/keys"),
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "response_types_supported": ["code", "id_token"], "scopes_supported": ["openid"],
                "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256"],
                "tenant_region_scope": "NA", "cloud_instance_name": "sandbox",
            ])
    }

    private mutating func login(_ call: AzureCall) throws -> Answer {
        let form = Self.form(call.request.body)
        let application = form["client_id"] ?? ""
        guard form["grant_type"] == "client_credentials" else {
            return refuse(
                call, "unsupported_grant_type", 70_003, status: 400,
                "The sandbox's Azure knows the login of a service principal only.")
        }
        guard application.lowercased() == settings.application.lowercased() else {
            return refuse(
                call, "unauthorized_client", 700_016,
                "Application with identifier '\(application)' was not found in the directory 'sandbox'. This can happen "
                    + "if the application has not been installed by the administrator of the tenant or consented to by "
                    + "any user in the tenant. You may have sent your authentication request to the wrong tenant.")
        }
        guard form["client_secret"] == settings.secret else {
            return refuse(
                call, "invalid_client", 7_000_215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
                    + "not the client secret ID, for a secret added to app '\(application)'.")
        }
        tokens = tokens.filter { $0.value > call.now }
        let token = "sandbox-\(UUID().uuidString.lowercased())"
        tokens[token] = call.now.addingTimeInterval(3_599)
        return .json(
            200,
            [
                "token_type": "Bearer", "expires_in": 3_599, "ext_expires_in": 3_599, "access_token": .string(token),
            ])
    }

    private func refuse(
        _ call: AzureCall, _ error: String, _ number: Int, status: Int = 401, _ text: String
    ) -> Answer {
        let time = call.now.formatted(.iso8601)
        let trace = UUID().uuidString.lowercased()
        return .json(
            status,
            [
                "error": .string(error),
                "error_description": .string(
                    "AADSTS\(number): \(text) Trace ID: \(trace) Correlation ID: \(trace) Timestamp: \(time)"),
                "error_codes": [.int(number)], "timestamp": .string(time), "trace_id": .string(trace),
                "correlation_id": .string(trace), "error_uri": .string("\(call.base)/error?code=\(number)"),
            ])
    }

    private static func form(_ body: Data) -> [String: String] {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                let spaced = $0.replacing("+", with: " ")
                return String(spaced).removingPercentEncoding ?? String(spaced)
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }
}
