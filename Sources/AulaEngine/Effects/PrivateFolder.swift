/// A folder of this run's own (0700) for what must be on disk: a kubeconfig, the proxy's socket.
package protocol PrivateFolder: Sendable {
    /// Its absolute path, short enough for a unix socket inside it.
    var path: String { get }

    /// Removes a file in it; a missing one is fine.
    func remove(_ name: String)

    /// Removes the folder with everything in it.
    func close()
}

extension PrivateFolder {
    package func close() {}
}
