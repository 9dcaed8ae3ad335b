/// What aula remembers of a class, kept where its students can neither read nor write.
///
/// GitLab copies descriptions into forks and lets a team write any, so what they say is a hint; the numbers under which
/// things were made are proof. The memory lies in variables of aula's own project in the class group and in a ConfigMap
/// of aula's own namespace, in parts that stand alone: `{"version":1,"groups":{"memo2/g1":12},"projects":{…}}`. To
/// lose it costs a question: without it descriptions count, inside the group that the file gives to a team.
package struct ClassMemory: Hashable, Sendable {
    /// Of the form; a part in a younger form is not read.
    package static let version = 1
    /// Of one part, in characters: GitLab takes 10,000 in a variable.
    package static let partLimit = 8_000
    /// What the parts' names begin with.
    private static let keyPrefix = "AULA_MEMORY_"

    /// GitLab's numbers of groups and projects.
    package var numbers: [Address: Int]

    package init(numbers: [Address: Int] = [:]) { self.numbers = numbers }

    /// What the own project, its variables' scope (no job has it) and the ConfigMap are called.
    package static let projectName = "aula"
    package static let scope = "no-job"
    package static let configMapName = "memory"
    package static func key(ofPart index: Int) -> String { keyPrefix + String(index + 1) }

    /// Which things are remembered in which part, so that none grows too long.
    package static func parts(of addresses: [Address]) -> [[Address]] {
        var parts: [[Address]] = []
        var room = 0
        for address in addresses {
            // Quotes, a colon and a comma, and the longest number that GitLab counts to.
            let length = address.path.count + 24
            if room < length {
                parts.append([])
                room = partLimit - 60
            }
            parts[parts.count - 1].append(address)
            room -= length
        }
        return parts
    }
}

// MARK: As text

extension ClassMemory {
    /// A part whose form is younger than this aula.
    package struct Newer: Error {}

    /// One part.
    package var text: String {
        var result: JSON = ["version": .int(Self.version)]
        for (section, kind) in Self.sections {
            let members = numbers.filter { $0.key.is(kind) }.sorted { $0.key < $1.key }
            result[section] = .object(JSONObject(members.map { ($0.key.path, .int($0.value)) }))
        }
        return result.text
    }

    /// Reads one part; what is no part at all remembers nothing.
    package init(part text: String) throws(Newer) {
        numbers = [:]
        guard let json = try? JSON(parsing: text), let version = json["version"]?.int else { return }
        guard version <= Self.version else { throw Newer() }
        for (section, kind) in Self.sections {
            for member in json[section]?.object?.members ?? [] {
                if let number = member.value.int { numbers[Address(kind, member.key)] = number }
            }
        }
    }

    private static let sections = [("groups", ResourceKind.gitlabGroup), ("projects", .gitlabProject)]

    /// Adds the parts among named texts: a ConfigMap's data, a project's variables.
    package mutating func add(parts texts: some Sequence<(key: String, value: String)>) throws(Newer) {
        for (key, text) in texts where key.hasPrefix(Self.keyPrefix) {
            numbers.merge(try ClassMemory(part: text).numbers) { first, _ in first }
        }
    }
}
