package import AulaModel

/// What a command has to say: for people at a terminal, for programs, and as a document for every other form.
package protocol Report {
    var text: String { get }
    /// For programs.
    var data: JSON { get }
    var document: Document { get }
}

extension Report {
    package var json: String { data.prettyText }
    package var markdown: String { document.markdown }
}
