import Foundation

/// The address of a cluster's API, and whether GitLab lets itself be sent there.
struct ClusterAddress {
    private let text: String

    init(_ text: String) { self.text = text }

    /// What is wrong with the address; nil where GitLab takes it.
    ///
    /// `localRequests` says whether the instance allows addresses on its own network.
    func problem(localRequests: Bool) -> String? {
        guard text.count <= 2_048 else { return "is too long (maximum is 2048 characters)" }
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty else {
            return "is blocked: URI is invalid"
        }
        guard url.scheme == "https" || url.scheme == "http" else {
            return "is blocked: Only allowed schemes are http, https"
        }
        guard !localRequests else { return nil }
        if host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "[::1]" {
            return "is blocked: Requests to localhost are not allowed"
        }
        if host.hasPrefix("10.") || host.hasPrefix("192.168.")
            || host.wholeMatch(of: /172\.(1[6-9]|2[0-9]|3[01])\..*/) != nil
        {
            return "is blocked: Requests to the local network are not allowed"
        }
        return nil
    }
}
