import AulaModel
import AulaSandbox
import Foundation

/// The port of each system's server.
struct Ports: Sendable, Hashable {
    private var numbers: [SandboxSystem: Int] = [:]

    subscript(system: SandboxSystem) -> Int? {
        get { numbers[system] }
        set { numbers[system] = newValue }
    }

    var isComplete: Bool { numbers.count == SandboxSystem.allCases.count }

    /// `https://127.0.0.1:PORT`; GitLab speaks plain http, which every client of it accepts on loopback.
    func base(of system: SandboxSystem) -> String {
        "\(system == .gitlab ? "http" : "https")://127.0.0.1:\(numbers[system] ?? 0)"
    }

    init() {}

    init(_ json: JSON?) {
        for system in SandboxSystem.allCases { numbers[system] = json?[system.rawValue]?.int }
    }

    var json: JSON {
        .object(JSONObject(numbers.map { ($0.key.rawValue, .int($0.value)) }))
    }

    /// Whether a server can listen on this port of loopback now.
    static func isFree(_ port: Int) -> Bool {
        guard (1...65535).contains(port) else { return false }
        #if canImport(Glibc)
            let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let handle = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard handle >= 0 else { return false }
        defer { close(handle) }
        var yes: Int32 = 1
        setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
