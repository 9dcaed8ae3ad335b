import AulaEngine
import AulaModel
import AulaTools
import Foundation
import Testing

@Suite struct HTTPClientTransportTests {
    private func send(_ request: APIRequest) async throws -> APIResponse {
        let transport = try HTTPClientTransport(environment: [:])
        do {
            let response = try await transport.send(request)
            await transport.close()
            return response
        } catch {
            await transport.close()
            throw error
        }
    }

    @Test func `a request arrives with its encoded path, query, headers and body`() async throws {
        let server = try LoopbackServer(
            answer: "HTTP/1.1 201 Created\r\nX-Next-Page: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        let response = try await send(
            APIRequest(
                .url("http://127.0.0.1:\(server.port)/prefix"), "POST", "/projects/a%2Fb",
                query: [("filter[environment_scope]", "a/b +")], headers: ["Authorization": "Bearer t"],
                body: Data("{\"a\":1}".utf8)))
        #expect(response.status == 201)
        #expect(response.headers["x-next-page"] == "2")
        #expect(response.body == Data("{}".utf8))
        let received = await server.received.value
        #expect(
            received.hasPrefix(
                "POST /prefix/projects/a%2Fb?filter%5Benvironment_scope%5D=a%2Fb%20%2B HTTP/1.1\r\n"))
        #expect(received.contains("Bearer t"))
        #expect(received.hasSuffix("\r\n\r\n{\"a\":1}"))
    }

    @Test func `a unix socket gets a host name`() async throws {
        let path = "/tmp/aula-\(UInt32.random(in: 0 ... .max)).sock"
        let server = try LoopbackServer(
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", socketPath: path)
        let response = try await send(APIRequest(.unixSocket(path), "GET", "/api/v1/namespaces/a%2Fb"))
        #expect(response.status == 200)
        let received = await server.received.value.lowercased()
        #expect(received.hasPrefix("get /api/v1/namespaces/a%2fb http/1.1\r\n"))
        #expect(received.contains("host: localhost\r\n"))
        unlink(path)
    }

    @Test func `a redirect is an answer, not followed`() async throws {
        let server = try LoopbackServer(
            answer:
                "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        let response = try await send(APIRequest(.url("http://127.0.0.1:\(server.port)"), "GET", "/"))
        #expect(response.status == 301)
        #expect(response.headers["location"] == "http://127.0.0.1:1/")
    }

    @Test(
        "nobody listening means that nothing was sent",
        arguments: [
            APIRequest.Endpoint.url("http://127.0.0.1:1"), .url("https://127.0.0.1:1"),
            .unixSocket("/tmp/no-such-aula.sock"), .url("http://no-such-host.invalid"),
        ])
    func unreachable(endpoint: APIRequest.Endpoint) async throws {
        do {
            _ = try await send(APIRequest(endpoint, "GET", "/", timeout: .seconds(15)))
            Issue.record("an answer from nobody")
        } catch let error as TransportError {
            guard case .cannotConnect = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a server that does not speak TLS got no request`() async throws {
        let server = try LoopbackServer(answer: "HTTP/1.1 400 Bad Request\r\n\r\n")
        do {
            _ = try await send(APIRequest(.url("https://127.0.0.1:\(server.port)"), "GET", "/"))
            Issue.record("an answer without TLS")
        } catch let error as TransportError {
            guard case .cannotConnect = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a connection that breaks after the request is lost`() async throws {
        let server = try LoopbackServer(answer: "")
        do {
            _ = try await send(APIRequest(.url("http://127.0.0.1:\(server.port)"), "POST", "/"))
            Issue.record("an answer from a closed connection")
        } catch let error as TransportError {
            guard case .connectionLost = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `an authority's file that cannot be read is named`() {
        #expect(throws: DiagnosticError.self) {
            _ = try HTTPClientTransport(environment: ["AULA_CA_FILE": "/nowhere.pem"])
        }
    }
}
