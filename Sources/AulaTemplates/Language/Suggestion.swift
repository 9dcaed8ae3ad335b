/// The word that somebody probably meant.
enum Suggestion {
    /// A hint such as `did you mean 'port'?`, or the list of what there is where nothing is near.
    static func hint(for word: String, among known: some Collection<String>) -> String? {
        if let nearest = nearest(to: word, among: known) { return "did you mean '\(nearest)'?" }
        return known.isEmpty ? nil : "known: \(known.sorted().joined(separator: ", "))"
    }

    /// The nearest word that differs in at most a third of its letters.
    static func nearest(to word: String, among known: some Collection<String>) -> String? {
        let limit = max(1, word.count / 3)
        return known.map { (distance(Array(word.lowercased()), Array($0.lowercased())), $0) }
            .filter { $0.0 <= limit }
            .min { $0 < $1 }?.1
    }

    /// Levenshtein's distance, in which two swapped neighbours count once.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, before[column - 2] + 1)
                }
                current.append(best)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
