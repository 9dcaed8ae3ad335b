import AulaModel
import AulaYAML

/// What a template declares under `runs:` and `bills:`, with placeholders.
struct NeedsProgram: Sendable {
    var runs: Program?
    var bills: Program?
    /// Where the template says so.
    var positions: [String: SourcePosition] = [:]
}

extension ManifestRenderer {
    /// Adds what a template declares, with the values of this position.
    mutating func render(_ declared: NeedsProgram) {
        let name = binding.component?.name ?? binding.template.name
        var reader = NeedsReader(name: name, group: slot.group, namespace: context.namespace)
        for (key, program) in [("runs", declared.runs), ("bills", declared.bills)] {
            guard let program, let list = evaluator.run(program), let position = declared.positions[key] else {
                continue
            }
            // A fault of what is written out was found when the template was read.
            let isOwn = if case .constant = program { true } else { false }
            reader.read(list, key, at: isOwn ? position : binding.component?.position ?? position)
        }
        rendering.needs += reader.needs
        rendering.diagnostics += reader.diagnostics
    }
}
