/// The shape of a route's path: `projects/:id/variables/:key`, where a segment after a colon takes any value.
package struct PathPattern: Sendable {
    private enum Segment: Sendable {
        case literal(String)
        case parameter(String)
    }

    package let text: String
    private let segments: [Segment]

    package init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map {
            $0.hasPrefix(":") ? .parameter(String($0.dropFirst())) : .literal(String($0))
        }
    }

    /// How many segments a path must have to match.
    package var count: Int { segments.count }

    /// The values of the parameters, or nil where the path has another shape.
    ///
    /// Azure's literals match in any case, GitLab's do not.
    package func match(_ path: [String], ignoringCase: Bool = false) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, value) in zip(segments, path) {
            switch segment {
            case .parameter(let name):
                parameters[name] = value
            case .literal(let text):
                let same = ignoringCase ? text.lowercased() == value.lowercased() : text == value
                guard same else { return nil }
            }
        }
        return parameters
    }
}
