import AulaModel

/// A glob over the segments of a request's path: `*` and `?` inside one segment, `**` for any number of segments.
///
/// The path is compared as it was sent, still percent-encoded, and without regard to case: Azure's clients mix
/// `resourcegroups` and `resourceGroups`.
package struct PathGlob: Sendable, Hashable {
    package let text: String
    private let segments: [String]

    package init(_ text: String) {
        self.text = text
        segments = PathGlob.split(text)
    }

    package func matches(_ path: String) -> Bool {
        PathGlob.match(segments[...], PathGlob.split(path)[...])
    }

    private static func split(_ path: String) -> [String] {
        path.lowercased().split(separator: "/").map(String.init)
    }

    private static func match(_ pattern: ArraySlice<String>, _ path: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "**" {
            let rest = pattern.dropFirst()
            return path.indices.contains { match(rest, path[$0...]) } || match(rest, path[path.endIndex...])
        }
        guard let segment = path.first, Glob(first).matches(segment) else { return false }
        return match(pattern.dropFirst(), path.dropFirst())
    }
}
