import AulaModel
import AulaSandbox
import Foundation

/// The sandbox's own address on each of its servers: `/_sandbox/faults`, by which faults change while it runs.
///
/// GET shows them, PUT replaces them by those of the body, DELETE takes them all away. It takes the token that
/// `env.sh` names, so that nothing which a class runs against the sandbox happens upon it.
struct Control: Sendable {
    let token: String
    let desk: FaultDesk
    let stage: Stage

    static let path = "/_sandbox/faults"

    /// Nil for a request to the system itself.
    func respond(to request: SandboxRequest) async -> SandboxResponse? {
        guard request.path.hasPrefix("/_sandbox/") else { return nil }
        guard request.bearerToken == token else { return .message(401, "the control token of env.sh is needed") }
        guard request.path == Control.path else { return .message(404, "only \(Control.path) is here") }
        switch request.method {
        case "GET":
            return SandboxResponse(
                status: 200, headers: [("Content-Type", "application/yaml")], body: .bytes(Data(desk.text.utf8)))
        case "PUT":
            return await replace(by: String(decoding: request.body, as: UTF8.self))
        case "DELETE":
            return await replace(by: "")
        default:
            return .message(405, "use GET, PUT or DELETE")
        }
    }

    private func replace(by text: String) async -> SandboxResponse {
        do {
            let script = try FaultScript.read(SourceFile(path: "faults", text: text))
            desk.replace(by: script, text: text)
            await stage.machines?.apply(script.conditions)
            return .message(200, "\(script.rules.count) faults in force")
        } catch {
            return .message(400, "\(error)")
        }
    }
}

extension SandboxResponse {
    static func message(_ status: Int, _ text: String) -> SandboxResponse {
        .json(status, ["message": .string(text)])
    }
}
