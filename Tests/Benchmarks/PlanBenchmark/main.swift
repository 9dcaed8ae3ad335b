import AulaCohort
import AulaModel
import AulaPlanner
import AulaTemplates
import Foundation

// Times expansion and diff of a class of any size, without a network: `PlanBenchmark TEMPLATES COHORT GROUPS`.
// Prints one line of JSON: groups, resources, seconds, peak memory in MB.

let arguments = CommandLine.arguments
guard arguments.count == 4, let groups = Int(arguments[3]) else {
    print("usage: PlanBenchmark TEMPLATES COHORT GROUPS")
    exit(64)
}

func read(_ path: String) throws -> SourceFile {
    SourceFile(path: path, text: try String(contentsOfFile: path, encoding: .utf8))
}

let names = FileManager.default.enumerator(atPath: arguments[1])?.compactMap { $0 as? String } ?? []
let files = try names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("prices/") }.sorted()
    .map { try read("\(arguments[1])/\($0)") }
let text = try read(arguments[2]).text.replacing("groups: 7 ", with: "groups: \(groups) ")
let (library, _) = TemplateLibrary.parse(files)
let (parsed, findings) = CohortParser.parse(SourceFile(path: arguments[2], text: text))
guard let cohort = parsed else {
    print(findings.map(\.description).joined(separator: "\n"))
    exit(1)
}

/// The world in which everything is as the blueprint says, with "value" for whatever is born there.
func matching(_ blueprint: Blueprint) -> Observation {
    var outputs: [Address: [String: String]] = [:]
    var observation = Observation()
    observation.present.reserveCapacity(blueprint.resources.count)
    for resource in blueprint.resources {
        var live = resource.body
        for field in resource.late {
            live[field.path] = field.value.resolved { address, name in
                outputs[address, default: [:]][name] = "value"
                return "value"
            }.map { .string($0) }
        }
        observation.present[resource.address] = Observed(
            identity: "uid", attributes: live, mark: blueprint.mark, placement: resource.placement,
            container: resource.container, ending: resource.lifecycle.ending)
    }
    for (address, values) in outputs { observation.present[address]?.outputs = values }
    return observation
}

/// MB of this process; 0 is RUSAGE_SELF, whose type differs between platforms.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
}

let clock = ContinuousClock()
var blueprint: Blueprint?
let expansion = clock.measure { blueprint = Expander.expand(cohort, library: library).blueprint }
guard let blueprint else {
    print("the cohort does not expand")
    exit(1)
}
let created = clock.measure { precondition(!Planner.offline(blueprint).isEmpty) }
let observation = matching(blueprint)
var unchanged = 0
let diff = clock.measure { unchanged = Planner.plan(blueprint, observation).unchanged }

func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

let line: JSON = [
    "groups": .int(groups), "resources": .int(blueprint.resources.count), "unchanged": .int(unchanged),
    "expansion": .double(seconds(expansion)), "create": .double(seconds(created)), "diff": .double(seconds(diff)),
    "megabytes": .int(peakMemory()),
]
print(line.text)
