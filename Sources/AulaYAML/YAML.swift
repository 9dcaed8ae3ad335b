package import AulaModel

/// The one door through which YAML from outside comes in: with positions, and bounded in size, depth and repetition.
///
/// Whoever wrote the file: at most 1 MiB, 64 levels, and 100,000 values by aliases; no types but YAML's own; a key once.
package enum YAML {
    /// The one document of a file.
    ///
    /// - Returns: nil for a file without content, and where there are findings, all of which are errors.
    package static func document(in file: SourceFile) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file)
        let roots = reader.documents(atMost: 1)
        return (reader.diagnostics.isEmpty ? roots.first : nil, reader.diagnostics)
    }

    /// Every document of a file, empty ones left out; those before an error are there all the same.
    package static func documents(in file: SourceFile) -> (roots: [YAMLNode], diagnostics: [Diagnostic]) {
        var reader = DocumentReader(file)
        let roots = reader.documents(atMost: .max)
        return (roots, reader.diagnostics)
    }
}
