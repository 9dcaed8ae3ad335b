extension Cohort {
    /// Where the file says a thing such as `azure.cluster.nodeSize`, or else the nearest thing around it that the
    /// file does say: a default has no position of its own.
    package func position(of key: String) -> SourcePosition? {
        var path = key[...]
        while true {
            if let position = positions[String(path)] { return position }
            guard let dot = path.lastIndex(of: ".") else { return positions["name"] }
            path = path[..<dot]
        }
    }
}
