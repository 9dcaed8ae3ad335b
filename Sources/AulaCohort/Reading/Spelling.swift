/// Finds the word that the user probably meant.
enum Spelling {
    /// The closest of the known words, when it is close enough to be a slip.
    static func suggestion(for word: String, among known: some Sequence<String>) -> String? {
        let lowered = word.lowercased()
        let tolerance = word.count <= 3 ? 1 : word.count <= 6 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in known where abs(candidate.count - word.count) <= tolerance {
            let distance = Self.distance(Array(lowered), Array(candidate.lowercased()))
            if distance <= tolerance, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// How many letters to add, drop, change or swap with a neighbour (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(change, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
