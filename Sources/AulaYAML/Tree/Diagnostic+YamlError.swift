import AulaModel
import Yams

extension Diagnostic {
    /// A finding of the YAML parser, at its position.
    init(yamlError error: any Error, in file: SourceFile) {
        func position(_ mark: Yams.Mark) -> SourcePosition {
            SourcePosition(file: file.path, line: mark.line, column: mark.column)
        }
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let during = context.map { " \($0.text)" } ?? ""
            self.init(
                .error, "this is not YAML: \(problem)\(during)", at: position(mark),
                hint: Self.advice(on: problem, at: mark, in: file))
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { quoted(swapped($0, DocumentReader.aliasSign, "*")) }.joined(separator: ", ")
            self.init(
                .error, "this mapping has a key more than once: \(names)", at: position(context.mark),
                hint: "keep one of them")
        default:
            self.init(.error, "this is not YAML: \(error)", at: SourcePosition(file: file.path, line: 1, column: 1))
        }
    }

    /// Whether the line of an error, or the one above it, is a key without a space behind its colon: `name:memo2`.
    private static func isWithoutSpace(lineBefore mark: Yams.Mark, in file: SourceFile) -> Bool {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        return [mark.line - 2, mark.line - 1].contains { index in
            lines.indices.contains(index)
                && lines[index].prefixMatch(of: /\s*(- )?[A-Za-z]+:[^\s:\/]/) != nil
        }
    }

    private static func advice(on problem: String, at mark: Yams.Mark, in file: SourceFile) -> String? {
        if problem.contains("nesting") { return "lists and mappings nest too deeply" }
        if problem.contains("tab character") { return "indent with spaces, not with tabs" }
        if problem.contains("cannot start any token") {
            let lines = file.text.split(separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
            let isTab = lines.dropFirst(mark.line - 1).first?.unicodeScalars.dropFirst(mark.column - 1).first == "\t"
            return isTab ? "indent with spaces, not with tabs" : "put the text in quotes"
        }
        if isWithoutSpace(lineBefore: mark, in: file) { return "put a space behind the colon" }
        if problem.contains("mapping values are not allowed") { return "put text that has a colon in quotes" }
        return "compare the indentation, the brackets and the quotes with the lines above"
    }
}
