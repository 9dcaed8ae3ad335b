import AulaModel

/// An error answer of Azure Resource Manager: `{"error":{"code","message"}}`.
///
/// The container service answers its own refusals without the envelope: `{"code","details","message","subcode"}`.
struct AzureFailure: Error, Sendable {
    var status: Int
    var code: String
    var message: String
    /// The field that is wrong.
    var target: String?
    var isFlat = false

    init(_ status: Int, _ code: String, _ message: String, target: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.target = target
    }

    var response: SandboxResponse {
        var error: JSON = ["code": .string(code), "message": .string(message)]
        error["target"] = target.map(JSON.string)
        guard isFlat else { return .json(status, ["error": error]) }
        error["details"] = .null
        error["subcode"] = ""
        return .json(status, error)
    }

    static func flat(_ status: Int, _ code: String, _ message: String, target: String? = nil) -> AzureFailure {
        AzureFailure(status, code, message, target: target).flattened(true)
    }

    func flattened(_ isFlat: Bool) -> AzureFailure {
        var copy = self
        copy.isFlat = isFlat
        return copy
    }

    static func parentNotFound(_ type: String, _ parent: AzureID, doing verb: String) -> AzureFailure {
        let short = type.split(separator: "/").dropFirst().joined(separator: "/")
        return AzureFailure(
            404, "ParentResourceNotFound",
            "Failed to perform '\(verb)' on resource(s) of type '\(short)', because the parent resource '\(parent.text)' could "
                + "not be found.")
    }

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
        flat(
            409, "OperationNotAllowed",
            "Operation is not allowed: Another operation (\(state)) is in progress, please wait for it to finish before "
                + "starting a new operation.")
    }

    static let stopped = flat(
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
