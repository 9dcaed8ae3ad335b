import AulaModel

/// An error answer of Azure Resource Manager: `{"error":{"code","message"}}`.
struct AzureFailure: Error, Sendable {
    var status: Int
    var code: String
    var message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    var body: JSON { ["error": error] }

    var error: JSON { ["code": .string(code), "message": .string(message)] }

    var response: SandboxResponse { .json(status, body) }

    static func groupNotFound(_ name: String) -> AzureFailure {
        AzureFailure(404, "ResourceGroupNotFound", "Resource group '\(name)' could not be found.")
    }

    static func resourceNotFound(_ type: String, _ name: String, group: String) -> AzureFailure {
        AzureFailure(
            404, "ResourceNotFound",
            "The Resource '\(type)/\(name)' under resource group '\(group)' was not found. For more details please go to "
                + "https://aka.ms/ARMResourceNotFoundFix")
    }

    static func busy(_ state: String) -> AzureFailure {
        AzureFailure(
            409, "OperationNotAllowed",
            "Operation is not allowed: Another operation (\(state)) is in progress, please wait for it to finish before "
                + "starting a new operation.")
    }

    static let stopped = AzureFailure(
        409, "OperationNotAllowed",
        "Operation is not allowed: managed cluster is in stopped state, no operations except for start and delete are "
            + "allowed.")

    static func groupDeleting(_ name: String) -> AzureFailure {
        AzureFailure(
            409, "ResourceGroupBeingDeleted",
            "The resource group '\(name)' is in deprovisioning state and cannot perform this operation.")
    }

    static func badRequest(_ code: String, _ message: String) -> AzureFailure { AzureFailure(400, code, message) }
}
