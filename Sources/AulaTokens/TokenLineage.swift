import AulaModel

/// The generations of one account's token.
///
/// The first has the name that the template gives it, the second that name with `-2`, and so on.
struct TokenLineage {
    /// The token Secret as the blueprint has it: the first generation.
    let resource: Resource
    /// Those of this edition that are there and stay, by number.
    var generations: [Int: Observed] = [:]

    /// The youngest that has its token: what pipelines deploy with.
    var live: Int? {
        generations.filter { $0.value.outputs[TokenPart.field]?.isEmpty == false }.keys.max()
    }

    /// The generation to have: the live one, unless another is wanted.
    ///
    /// - Parameter rotating: whether the user wants a new one. A rotation that was begun and not finished is finished
    ///   first: the old generation is still there.
    /// - Returns: the number; 1 where there is none yet.
    func target(rotating: Bool) -> Int {
        guard let youngest = generations.keys.max() else { return 1 }
        guard let live else { return youngest }
        // A token of another kind is no change of this one: the old one works until the new one is delivered.
        let isOtherKind =
            generations[live].map { Self.kind(of: $0.attributes) != Self.kind(of: resource.body) } ?? false
        if youngest > live { return rotating || isOtherKind ? youngest : live }
        if isOtherKind { return youngest + 1 }
        return rotating && generations.count == 1 ? youngest + 1 : live
    }

    func address(of generation: Int) -> Address {
        generation == 1 ? resource.address : resource.address.numbered(generation, after: "-")
    }

    /// The blueprint's Secret under the name of a generation.
    func resource(of generation: Int) -> Resource {
        guard generation != 1 else { return resource }
        var resource = resource
        resource.address = address(of: generation)
        if let name = resource.body[["metadata", "name"]]?.string {
            resource.body[["metadata", "name"]] = .string("\(name)-\(generation)")
        }
        return resource
    }

    private static func kind(of body: JSON) -> [String?] {
        let days = body[["metadata", "annotations", TokenPart.days]]?.string
        return [body["type"]?.string, days]
    }
}
