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

/// The world in which everything is as the blueprint says, as it is after reading: values of its own, to which the
/// server has added what servers add, and of the parts that are equal in every group one, as the readers keep them.
func matching(_ blueprint: Blueprint) throws -> Observation {
    var outputs: [Address: [String: Output]] = [:]
    var observation = Observation()
    observation.present.reserveCapacity(blueprint.resources.count)
    var known: Set<JSON> = []
    for resource in blueprint.resources {
        var live = try JSON(parsing: resource.body.text)
        for field in resource.late {
            live[field.path] = field.value.resolved { address, name in
                outputs[address, default: [:]][name] = "value"
                return "value"
            }.map { .string($0) }
        }
        var managers: [FieldManager] = []
        if resource.address.system == .kubernetes {
            live[["metadata", "uid"]] = .string(UUID().uuidString)
            live[["metadata", "creationTimestamp"]] = "2020-12-07T12:00:00Z"
            live[["metadata", "annotations", Resource.fingerprintAnnotation]] = .string(resource.fingerprint)
            for part in ["spec", "rules", "subjects"] {
                live[part] = live[part].map { known.insert($0).memberAfterInsert }
            }
            let fields = known.insert(owned(resource.body)).memberAfterInsert
            managers = [FieldManager(name: "aula", operation: "Apply", fields: fields)]
        }
        observation.present[copy(resource.address)] = Observed(
            identity: "uid", attributes: live, mark: blueprint.mark, slot: resource.slot,
            container: resource.container.map(copy), ending: resource.lifecycle.ending, managers: managers)
    }
    for (address, values) in outputs { observation.present[address]?.outputs = values }
    return observation
}

/// The same address in a text of its own.
func copy(_ address: Address) -> Address { Address(address.kind, address.path) }

/// The tree of the fields of a body, as `managedFields` has it; lists count as one value.
func owned(_ body: JSON) -> JSON {
    .object(JSONObject((body.object?.members ?? []).map { ("f:\($0.key)", owned($0.value)) }))
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
let observation = try matching(blueprint)
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
