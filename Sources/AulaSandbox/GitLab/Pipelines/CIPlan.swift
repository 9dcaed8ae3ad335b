import AulaModel

/// Which jobs of a file a pipeline has, and how each starts.
struct CIPlan {
    struct Entry {
        var job: CIFile.Job
        var when: String
        var allowsFailure: Bool
        var variables: [String: String]
    }

    private(set) var entries: [Entry] = []
    private(set) var errors: [String] = []

    /// `variables` are those that the pipeline knows before any job runs.
    init(_ file: CIFile, variables: [String: String]) {
        errors = file.errors
        guard errors.isEmpty else { return }
        let known = file.variables.merging(variables) { $1 }
        if !file.workflow.isEmpty {
            guard let rule = first(file.workflow, known, "workflow"), rule["when"]?.string != "never" else { return }
        }
        for job in file.jobs {
            let own = CIFile.variables(job.definition["variables"], "", &errors)
            let all = file.variables.merging(own) { $1 }.merging(variables) { $1 }
            guard var entry = entry(job, all) else { continue }
            entry.variables = file.variables.merging(own) { $1 }.merging(entry.variables) { $1 }
            entries.append(entry)
        }
        let names = Set(entries.map(\.job.name))
        for entry in entries {
            let optional = Set(
                (entry.job.definition["needs"]?.array ?? []).filter { $0["optional"]?.bool == true }.compactMap {
                    $0["job"]?.string
                })
            for need in entry.job.needs ?? []
            where !optional.contains(need) && !names.contains(where: { $0 == need || $0.hasPrefix("\(need) ") }) {
                errors.append(
                    "'\(entry.job.name)' job needs '\(need)' job, but '\(need)' does not exist in the pipeline")
            }
        }
    }

    private mutating func entry(_ job: CIFile.Job, _ variables: [String: String]) -> Entry? {
        let usual = job.definition["when"]?.string ?? "on_success"
        let allows = job.definition["allow_failure"].map { $0.bool ?? ($0.object != nil) }
        guard let rules = job.definition["rules"]?.array else {
            guard matches(job.definition["only"], variables) ?? true,
                !(matches(job.definition["except"], variables) ?? false)
            else { return nil }
            // A job that waits for a person does not hold the others up.
            return usual == "never"
                ? nil : Entry(job: job, when: usual, allowsFailure: allows ?? (usual == "manual"), variables: [:])
        }
        guard let rule = first(rules, variables, job.name) else { return nil }
        let when = rule["when"]?.string ?? usual
        let added = CIFile.variables(rule["variables"], "", &errors)
        return when == "never"
            ? nil
            : Entry(
                job: job, when: when, allowsFailure: rule["allow_failure"]?.bool ?? allows ?? false, variables: added)
    }

    /// The first rule that holds.
    private mutating func first(_ rules: [JSON], _ variables: [String: String], _ place: String) -> JSON? {
        for rule in rules {
            guard let condition = rule["if"]?.string else { return rule }
            do {
                if try CICondition.holds(condition, variables) { return rule }
            } catch {
                errors.append("jobs:\(place):rules:if invalid expression syntax: \(condition)")
                return nil
            }
        }
        return nil
    }

    /// Whether a list of refs names the pipeline's; nil where there is no list.
    private func matches(_ list: JSON?, _ variables: [String: String]) -> Bool? {
        guard let list else { return nil }
        let words = CIFile.lines(list["refs"] ?? list)
        let ref = variables["CI_COMMIT_REF_NAME"] ?? ""
        let source = variables["CI_PIPELINE_SOURCE"] ?? ""
        return words.contains { word in
            switch word {
            case "branches": return variables["CI_COMMIT_BRANCH"] != nil
            case "tags": return variables["CI_COMMIT_TAG"] != nil
            case "pushes": return source == "push"
            case "schedules": return source == "schedule"
            case "api", "web": return source == word
            case "merge_requests": return source == "merge_request_event"
            default: break
            }
            guard word.hasPrefix("/"), word.hasSuffix("/"), word.count > 2 else { return word == ref }
            return (try? Regex(String(word.dropFirst().dropLast()))).map { ref.firstMatch(of: $0) != nil } ?? false
        }
    }
}
