import AulaModel

/// What can be done to the things of any collection; the table of kinds says what is special about each.
extension GitLabInstance {
    /// All things of a kind that a group or project has, those inside `parent` only where it is given.
    func things(_ path: String, of holder: Holder, in parent: GitLabThing? = nil) -> [GitLabThing] {
        let all = self[contents: holder].things[path] ?? []
        return parent.map { parent in all.filter { $0.parent == parent.id } } ?? all
    }

    mutating func change(_ path: String, of holder: Holder, _ change: (inout [GitLabThing]) -> Void) {
        var things = self[contents: holder].things[path] ?? []
        change(&things)
        self[contents: holder].things[path] = things
    }

    /// Puts a changed thing back in its place.
    mutating func store(_ thing: GitLabThing, _ path: String, of holder: Holder) {
        change(path, of: holder) { things in
            guard let position = things.firstIndex(where: { $0.id == thing.id }) else { return }
            things[position] = thing
        }
    }

    func parent(of kind: GitLabKind, _ call: GitLabCall, _ holder: Holder) throws -> GitLabThing? {
        guard let path = kind.parentPath, let parent = GitLabKind.named[path] else { return nil }
        return try find(parent, GitLabPlace(call: call, holder: holder), called: "parent")
    }

    /// The thing that the path names.
    ///
    /// - Throws: 400 where it should be a number, 404 where there is none.
    func find(_ kind: GitLabKind, _ place: GitLabPlace, called name: String = "key") throws -> GitLabThing {
        let key = try place.call.parameters[name] ?? keyParameter(of: kind, place.call)
        let number = Int(key) ?? kind.number?(self, place, key)
        let things = visible(kind, place) + (try kind.inherited?(self, place) ?? [])
        var found: GitLabThing?
        switch kind.key {
        case .id, .iid:
            guard let number else { throw GitLabFailure.parameter("\(kind.keyName) is invalid") }
            let isNumber = if case .iid = kind.key { true } else { false }
            found = things.first { (isNumber ? $0.iid : $0.id) == number }
        case .field(let field): found = things.first { $0[field] == .string(key) }
        case .idOrField(let field):
            found = things.first { $0.id == number } ?? things.first { $0[field] == .string(key) }
        case .scoped(let field):
            let scope = try place.call.arguments.text("filter[environment_scope]")
            let all = things.filter {
                $0[field] == .string(key) && (scope == nil || $0.text("environment_scope") == scope)
            }
            guard all.count < 2 || (place.holder.kind == .group && place.call.request.method == "PUT") else {
                throw GitLabFailure.conflict(
                    "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'")
            }
            found = all.first
        }
        guard let found else { throw kind.title.map(GitLabFailure.notFound) ?? GitLabFailure.recordNotFound }
        return found
    }

    private func keyParameter(of kind: GitLabKind, _ call: GitLabCall) throws -> String {
        let given = try kind.keyParameters.compactMap { try call.arguments.text($0) }
        guard given.count == 1 else {
            let names = kind.keyParameters.joined(separator: ", ")
            throw GitLabFailure.parameter(
                "\(names) are "
                    + (given.isEmpty ? "missing, exactly one parameter must be provided" : "mutually exclusive"))
        }
        return given[0]
    }

    private func visible(_ kind: GitLabKind, _ place: GitLabPlace) -> [GitLabThing] {
        let things = things(kind.path, of: place.holder, in: place.parent)
        guard let isHidden = kind.isHidden else { return things }
        return things.filter { !isHidden(self, place, $0) }
    }

    // MARK: The verbs

    func list(_ kind: GitLabKind, _ place: GitLabPlace) throws -> SandboxResponse {
        var place = place
        place.isList = true
        var things = visible(kind, place) + (try kind.inherited?(self, place) ?? [])
        for filter in kind.filters { try filter.apply(place.call, &things) }
        things = try kind.order.sorted(things, place.call)
        return try place.call.page(things) { render($0, kind, place) }
    }

    func get(_ kind: GitLabKind, _ place: GitLabPlace) throws -> SandboxResponse {
        .json(200, render(try find(kind, place), kind, place))
    }

    mutating func create(_ kind: GitLabKind, _ place: GitLabPlace) throws -> SandboxResponse {
        let call = place.call
        let missing = kind.fields.filter { $0.isRequired && call.arguments[$0.name] == nil }
        guard missing.isEmpty else {
            throw GitLabFailure.parameter(missing.map { "\($0.name) is missing" }.joined(separator: ", "))
        }
        var thing = GitLabThing(
            parent: place.parent?.id, author: call.user.id, createdAt: call.now, updatedAt: call.now)
        for field in kind.fields { thing[field.name] = try field.read(call.arguments) ?? field.fallback }
        try validate(&thing, before: nil, kind, place)
        thing = add(thing, kind.path, to: place.holder, numbered: kind.isNumbered)
        return .json(201, render(thing, kind, place, secrets: true))
    }

    /// Gives a new thing its number and keeps it.
    mutating func add(_ thing: GitLabThing, _ path: String, to holder: Holder, numbered: Bool = false) -> GitLabThing {
        var thing = thing
        if thing.id == 0 { thing.id = nextID(path) }
        if numbered { thing.iid = nextID("\(path) of \(holder.kind.rawValue) \(holder.id)") }
        change(path, of: holder) { $0.append(thing) }
        return thing
    }

    mutating func update(_ kind: GitLabKind, _ place: GitLabPlace) throws -> SandboxResponse {
        let before = try find(kind, place)
        var thing = before
        for field in kind.fields where !field.isFixed {
            if let value = try field.read(place.call.arguments) { thing[field.name] = value }
        }
        try validate(&thing, before: before, kind, place)
        thing.updatedAt = place.call.now
        store(thing, kind.path, of: place.holder)
        return .json(200, render(thing, kind, place))
    }

    mutating func delete(_ kind: GitLabKind, _ place: GitLabPlace) throws -> SandboxResponse {
        let thing = try find(kind, place)
        try place.call.requireUnmodified(since: thing.updatedAt)
        try kind.removed?(&self, place, thing)
        guard !kind.isKept else {
            var thing = thing
            thing["revoked"] = true
            store(thing, kind.path, of: place.holder)
            return GitLabCall.noContent()
        }
        change(kind.path, of: place.holder) { $0.removeAll { $0.id == thing.id } }
        for inner in GitLabKind.all where inner.parentPath == kind.path {
            change(inner.path, of: place.holder) { $0.removeAll { $0.parent == thing.id } }
        }
        guard kind.deleteStatus != 204 else { return GitLabCall.noContent() }
        return .json(kind.deleteStatus, render(thing, kind, place))
    }

    mutating func perform(
        _ action: GitLabKind.Action, _ kind: GitLabKind, _ place: GitLabPlace
    ) throws -> SandboxResponse {
        var thing = try find(kind, place)
        let answer = try action.change(&self, place, &thing)
        thing.updatedAt = place.call.now
        store(thing, kind.path, of: place.holder)
        return answer ?? .json(action.status, render(thing, kind, place))
    }

    // MARK: Rules and answers

    /// - Throws: what GitLab says of all that is wrong with a thing.
    private mutating func validate(
        _ thing: inout GitLabThing, before: GitLabThing?, _ kind: GitLabKind, _ place: GitLabPlace
    ) throws {
        var problems: GitLabProblems = []
        let others = things(kind.path, of: place.holder, in: place.parent).filter { $0.id != before?.id }
        if before == nil, let limit = kind.limits[place.holder.kind], others.count >= limit.count {
            throw GitLabFailure.validation("base", "Maximum number of \(limit.what) (\(limit.count)) exceeded")
        }
        for field in kind.fields {
            for rule in field.rules where !rule.holds(thing[field.name]) { problems.append((field.name, rule.text)) }
        }
        try kind.check?(&self, place, &thing, before, &problems)
        if let unique = kind.unique,
            others.contains(where: { other in unique.fields.allSatisfy { other[$0] == thing[$0] } })
        {
            switch unique.answer {
            case .failure(let failure): throw failure(thing)
            case .problem(let field, let text):
                problems.append((field, text.replacing("{value}", with: thing.text(field))))
            }
        }
        guard problems.isEmpty else { throw kind.complain(problems) }
    }

    func render(_ thing: GitLabThing, _ kind: GitLabKind, _ place: GitLabPlace, secrets: Bool = false) -> JSON {
        var json = JSON.object(JSONObject())
        json["id"] = .int(thing.id)
        for field in kind.fields where field.isShown { json[field.name] = thing[field.name] }
        kind.render?(self, place, thing, &json)
        if secrets, let secret = kind.secret { json[secret] = thing[secret] }
        return json
    }
}
