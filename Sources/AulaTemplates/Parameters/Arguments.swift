import AulaModel
import AulaYAML

/// The parameters of one template with their values, checked, in the order of declaration.
struct Arguments: Sendable {
    var values: [Program] = []

    /// Values from the cohort file over the template's own; `owner` is who the findings are about.
    static func check(
        _ given: [String: Parameter], against declarations: [ParameterDeclaration], owner: String,
        at position: SourcePosition?
    ) -> (Arguments, [Diagnostic]) {
        var arguments = Arguments()
        var diagnostics: [Diagnostic] = []
        let names = declarations.map(\.name)
        for (name, parameter) in given.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            diagnostics.append(
                Diagnostic(
                    .error, "\(owner) has no parameter `\(name)`", at: parameter.position ?? position,
                    hint: Spelling.hint(for: name, listing: names)))
        }
        // A value may refer to what is declared before it.
        var known = Names.builtIn
        for declaration in declarations {
            let parameter = given[declaration.name]
            let value = parameter?.value ?? declaration.standard
            let source = parameter.map { $0.position ?? position } ?? declaration.position
            if parameter == nil, declaration.required {
                diagnostics.append(
                    Diagnostic(
                        .error, "\(owner) needs `\(declaration.name)`", at: position, hint: declaration.description))
            } else if let problem = declaration.problem(with: value) {
                diagnostics.append(Diagnostic(.error, problem, at: source, hint: declaration.hint(for: value)))
            }
            let position = source ?? declaration.position
            var compiler = Compiler(file: position.file, names: known)
            arguments.values.append(compiler.compile(value, at: position) ?? .constant(.null))
            diagnostics += compiler.diagnostics
            known.declare(declaration.name)
        }
        return (arguments, diagnostics)
    }
}
