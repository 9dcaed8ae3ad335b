import AulaModel
import Foundation

/// The part of a `.gitlab-ci.yml` that the sandbox reads, after its includes were put in.
///
/// What it does not know it refuses by name, so that no pipeline passes here that means something else in GitLab.
struct CIFile: Sendable {
    struct Job: Sendable {
        var name: String
        /// The whole definition, with what it extends and the file's defaults.
        var definition: JSON
        /// Whether its script came unchanged from another project's file.
        var isForeign = false

        var stage: String { definition["stage"]?.string ?? "test" }
        var script: [String] { CIFile.lines(definition["before_script"]) + CIFile.lines(definition["script"]) }
        /// Seconds after which it is ended; nil for the project's own limit.
        var timeout: Int? { definition["timeout"]?.string.flatMap(CIFile.seconds) }
        /// The jobs that it waits for; nil waits for all earlier stages.
        var needs: [String]? {
            definition["needs"]?.array.map { $0.compactMap { $0.string ?? $0["job"]?.string } }
        }
    }

    var stages = ["build", "test", "deploy"]
    var jobs: [Job] = []
    var variables: [String: String] = [:]
    var workflow: [JSON] = []
    var errors: [String] = []
    var merged: JSON = .null

    /// Keywords of a job that are read here.
    private static let jobKeys: Set = [
        "stage", "timeout", "script", "before_script", "after_script", "rules", "only", "except", "needs",
        "environment",
        "resource_group", "variables", "image", "parallel", "when", "allow_failure", "extends",
    ]
    /// Keywords that change nothing of what runs on this machine.
    private static let idleKeys: Set = [
        "artifacts", "cache", "services", "tags", "interruptible", "coverage", "retry", "dependencies",
        "inherit",
    ]
    private static let fileKeys: Set = [
        "stages", "variables", "default", "include", "workflow", "image", "before_script", "after_script", "services",
        "cache",
    ]

    /// `foreign` is what included files of other projects define.
    init(_ merged: JSON, foreign: JSON = .object(JSONObject())) {
        self.merged = merged
        guard let members = merged.object?.members else {
            errors = ["Invalid configuration format"]
            return
        }
        if let stages = merged["stages"]?.array { self.stages = stages.compactMap(\.string) }
        stages = [".pre"] + stages.filter { $0 != ".pre" && $0 != ".post" } + [".post"]
        variables = Self.variables(merged["variables"], "variables", &errors)
        workflow = merged[["workflow", "rules"]]?.array ?? []
        for member in members where !Self.fileKeys.contains(member.key) && !member.key.hasPrefix(".") {
            guard member.value.object != nil else {
                errors.append("\(member.key) config contains unknown keys or is no job")
                continue
            }
            read(member.key, merged, foreign)
        }
        if jobs.isEmpty, errors.isEmpty { errors.append("jobs config should contain at least one visible job") }
        for job in jobs { check(job) }
    }

    private mutating func read(_ name: String, _ merged: JSON, _ foreign: JSON) {
        var seen: Set<String> = []
        guard var definition = Self.resolved(name, merged, &seen, &errors) else { return }
        for key in ["image", "before_script", "after_script"] where definition[key] == nil {
            definition[key] = merged[["default", key]] ?? merged[key]
        }
        for key in definition.object?.keys ?? [] where !Self.jobKeys.contains(key) && !Self.idleKeys.contains(key) {
            errors.append("jobs:\(name) config contains keys that the sandbox does not know: \(key)")
        }
        let isForeign = ["script", "before_script", "after_script"].allSatisfy {
            foreign[name] != nil && foreign[name]?[$0] == merged[name]?[$0]
        }
        // What a job extends must be foreign as well.
        let bases = seen.subtracting([name])
        let job = Job(
            name: name, definition: definition, isForeign: isForeign && bases.allSatisfy { foreign[$0] == merged[$0] })
        jobs += copies(of: job)
    }

    /// `parallel: 3` is three jobs that know their number.
    private mutating func copies(of job: Job) -> [Job] {
        guard let parallel = job.definition["parallel"] else { return [job] }
        guard let count = parallel.int, (1...200).contains(count) else {
            errors.append("jobs:\(job.name):parallel should be a number between 1 and 200; the sandbox reads no matrix")
            return [job]
        }
        return (1...count).map { number in
            var copy = job
            copy.name = "\(job.name) \(number)/\(count)"
            copy.definition[["variables", "CI_NODE_INDEX"]] = .string(String(number))
            copy.definition[["variables", "CI_NODE_TOTAL"]] = .string(String(count))
            return copy
        }
    }

    private mutating func check(_ job: Job) {
        let place = "jobs:\(job.name)"
        if Self.lines(job.definition["script"]).isEmpty {
            errors.append("\(place) config should implement the script keyword")
        }
        if !stages.contains(job.stage) {
            errors.append(
                "\(job.name) job: chosen stage \(job.stage) does not exist; available stages are \(stages.joined(separator: ", "))"
            )
        }
        for need in job.needs ?? [] where !jobs.contains(where: { $0.name == need || $0.name.hasPrefix("\(need) ") }) {
            errors.append("'\(job.name)' job needs '\(need)' job, but '\(need)' does not exist in the pipeline")
        }
        _ = Self.variables(job.definition["variables"], "\(place):variables", &errors)
        for rule in job.definition["rules"]?.array ?? [] {
            for key in rule.object?.keys ?? [] where !["if", "when", "allow_failure", "variables"].contains(key) {
                errors.append("\(place):rules contains keys that the sandbox does not know: \(key)")
            }
        }
        if job.definition["timeout"] != nil, job.timeout == nil {
            errors.append("\(place):timeout config should be a duration")
        }
        let when = job.definition["when"]?.string ?? "on_success"
        if !["on_success", "manual", "always", "never", "on_failure"].contains(when) {
            errors.append("\(place) when should be one of: on_success, on_failure, always, manual")
        }
    }

    /// A definition with all that it extends under it.
    private static func resolved(
        _ name: String, _ merged: JSON, _ seen: inout Set<String>, _ errors: inout [String]
    ) -> JSON? {
        guard let own = merged[name], own.object != nil else {
            errors.append("\(name): unknown keys in `extends`")
            return nil
        }
        guard seen.insert(name).inserted, seen.count < 12 else {
            errors.append("\(name): circular dependency detected in `extends`")
            return nil
        }
        var whole = JSON.object(JSONObject())
        for base in own["extends"]?.array?.compactMap(\.string) ?? own["extends"]?.string.map({ [$0] }) ?? [] {
            guard let below = resolved(base, merged, &seen, &errors) else { return nil }
            whole = overlaid(whole, below)
        }
        whole = overlaid(whole, own)
        whole["extends"] = nil
        return whole
    }

    /// Maps are merged, everything else is replaced.
    static func overlaid(_ below: JSON, _ above: JSON) -> JSON {
        guard below.object != nil, let members = above.object?.members else { return above }
        var whole = below
        for member in members {
            whole[member.key] = below[member.key].map { overlaid($0, member.value) } ?? member.value
        }
        return whole
    }

    /// The seconds of a duration such as `1 hour 30 minutes` or `90s`; nil for other text.
    static func seconds(_ text: String) -> Int? {
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let parts = text.lowercased().matches(of: /(\d{1,6})\s*([a-z]+)/)
        guard !parts.isEmpty, text.lowercased().replacing(/(\d{1,6})\s*([a-z]+)/, with: "").allSatisfy(\.isWhitespace)
        else { return nil }
        return parts.reduce(0 as Int?) { sum, part in
            guard let sum, let count = Int(part.output.1), let unit = units[String(part.output.2.prefix(1))] else {
                return nil
            }
            return sum + count * unit
        }
    }

    static func lines(_ value: JSON?) -> [String] {
        value?.array?.flatMap { lines($0) } ?? value?.string.map { [$0] } ?? []
    }

    static func variables(_ value: JSON?, _ place: String, _ errors: inout [String]) -> [String: String] {
        var variables: [String: String] = [:]
        for member in value?.object?.members ?? [] {
            let single = member.value["value"] ?? member.value
            guard single.array == nil, single.object == nil else {
                errors.append("\(place):\(member.key) should be a text")
                continue
            }
            variables[member.key] = single == .null ? "" : single.string ?? single.text
        }
        return variables
    }
}
