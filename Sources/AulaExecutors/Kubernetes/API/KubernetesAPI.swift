import AulaEngine
import AulaModel
import Foundation

/// The API of one cluster, behind the unix socket of `kubectl proxy`.
struct KubernetesAPI: Sendable {
    /// How a request's body is to be understood.
    enum Content: String {
        case json = "application/json"
        /// A server-side apply; JSON is YAML as well.
        case apply = "application/apply-patch+yaml"
        case mergePatch = "application/merge-patch+json"
    }

    /// Asks for names and labels only, where that is enough: no Secret's values travel then.
    static let metadataOnly =
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"

    let endpoint: APIRequest.Endpoint
    let transport: any HTTPTransport

    /// Sends one request; any status is an answer.
    ///
    /// - Throws: `TransportError` when there is no whole answer, `CancellationError`.
    func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSON? = nil,
        as content: Content = .json, accept: String = "application/json", timeout: Duration = .seconds(60)
    ) async throws -> APIResponse {
        // `kubectl proxy` drops a connection whose Host is not a loopback name.
        var headers = ["Host": "localhost", "Accept": accept]
        if body != nil { headers["Content-Type"] = content.rawValue }
        return try await transport.send(
            APIRequest(endpoint, method, path, query: query, headers: headers, body: body?.data, timeout: timeout))
    }

    func get(_ kind: ObjectKind, _ namespace: String?, _ name: String) async throws -> APIResponse {
        try await send("GET", kind.path(namespace: namespace, name: name))
    }
}
