import AulaModel

/// The names that placeholders may use, each with its index in a `Frame`.
struct Names: Sendable {
    /// Names that every template knows, in the order of the values in a frame.
    enum BuiltIn: Int, CaseIterable {
        // What the mark and the usual labels are made of; no template can spell these.
        case markLabels, podLabels
        case cohort, id, title
        case group, groupName, environment, component
        case namespace, serverNamespace, shared
        case image, version, replicas, envFrom
        case gitlab, gitlabUrl, gitlabGroup, registry
        case subscription, resourceGroup, cluster, context
        case item

        /// Nil for those that only aula itself uses.
        var name: String? {
            switch self {
            case .markLabels, .podLabels: nil
            default: "\(self)"
            }
        }
    }

    private var indices: [String: Int]

    /// Only what every template knows.
    static let builtIn = Names()

    private init() {
        indices = [:]
        for item in BuiltIn.allCases { if let name = item.name { indices[name] = item.rawValue } }
    }

    /// Adds a name behind the others; its index is the next one.
    mutating func declare(_ name: String) {
        indices[name] = BuiltIn.allCases.count + declaredCount
        declaredCount += 1
    }

    private var declaredCount = 0

    subscript(name: String) -> Int? { indices[name] }

    var all: some Collection<String> { indices.keys }
}

/// The values of all names while one template is rendered.
struct Frame {
    var values: [JSON]

    subscript(name: Names.BuiltIn) -> JSON {
        get { values[name.rawValue] }
        set { values[name.rawValue] = newValue }
    }
}
