/// Finds the word that somebody probably meant.
package enum Spelling {
    /// A hint such as ``did you mean `port`?``; nil when no known word is near.
    package static func hint(for word: String, among known: some Sequence<String>) -> String? {
        guard let nearest = nearest(to: word, among: known) else { return nil }
        guard let (key, value) = parts(of: word), key == nearest else { return "did you mean `\(nearest)`?" }
        return "put a space behind the colon: `\(key): \(value)`"
    }

    /// The same, or else the list of what there is; nil when there is nothing.
    package static func hint(for word: String, listing known: some Collection<String>) -> String? {
        hint(for: word, among: known)
            ?? (known.isEmpty ? nil : "known: \(known.sorted().joined(separator: ", "))")
    }

    /// The closest of the known words, when it is close enough to be a slip: the first of several.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        if let (key, _) = parts(of: word), known.contains(key) { return key }
        let letters = Array(word.lowercased())
        let tolerance = letters.count <= 3 ? 1 : letters.count <= 6 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in known where abs(candidate.count - letters.count) <= tolerance {
            let distance = distance(letters, Array(candidate.lowercased()))
            if distance <= tolerance, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// A key and its value that stand together as one word for want of a space: `port:8080`.
    private static func parts(of word: String) -> (key: String, value: String)? {
        guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else { return nil }
        let value = word[word.index(after: colon)...]
        return value.isEmpty ? nil : (String(word[..<colon]), String(value))
    }

    /// How many letters to add, drop, change or swap with a neighbour (optimal string alignment).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
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
