extension Cohort {
    /// Where the file says a thing such as `azure.cluster.nodeSize`, or else the nearest thing around it that the
    /// file does say: a default has no place of its own.
    package func place(of key: String) -> Place? {
        var path = key[...]
        while true {
            if let place = places[String(path)] { return place }
            guard let dot = path.lastIndex(of: ".") else { return places["name"] }
            path = path[..<dot]
        }
    }
}
