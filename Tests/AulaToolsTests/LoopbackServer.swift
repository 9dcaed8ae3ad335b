import Foundation

/// A server for one connection that answers with fixed bytes, on a loopback port or a unix socket.
final class LoopbackServer: Sendable {
    let port: UInt16
    let received: Task<String, Never>
    private let listener: Int32

    init(answer: String, socketPath: String? = nil) throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let listener = socket(socketPath == nil ? AF_INET : AF_UNIX, stream, 0)
        var port: UInt16 = 0
        if let socketPath {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8) }
            try Self.listen(listener, &address)
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            try Self.listen(listener, &address)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
            }
            port = UInt16(bigEndian: address.sin_port)
        }
        self.port = port
        self.listener = listener
        received = Task.detached {
            let client = accept(listener, nil, nil)
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = read(client, &buffer, buffer.count)
            _ = answer.withCString { write(client, $0, strlen($0)) }
            close(client)
            close(listener)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
    }

    private static func listen<Address>(_ listener: Int32, _ address: inout Address) throws {
        let size = socklen_t(MemoryLayout<Address>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
        }
        guard bound == 0, Foundation.listen(listener, 4) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
