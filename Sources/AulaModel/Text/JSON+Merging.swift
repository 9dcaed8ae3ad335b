extension JSON {
    /// The value with another laid over it: objects member by member, lists of named items by `name`, the rest replaced.
    package func merging(_ other: JSON) -> JSON {
        switch (self, other) {
        case (.object(var mine), .object(let theirs)):
            for member in theirs.members { mine[member.key] = mine[member.key]?.merging(member.value) ?? member.value }
            return .object(mine)
        case (.array(var mine), .array(let theirs)) where theirs.allSatisfy({ $0["name"] != nil }):
            for item in theirs {
                if let index = mine.firstIndex(where: { $0["name"] == item["name"] }) {
                    mine[index] = mine[index].merging(item)
                } else {
                    mine.append(item)
                }
            }
            return .array(mine)
        default: return other
        }
    }
}
