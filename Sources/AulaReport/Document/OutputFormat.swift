/// The form of a document on stdout.
package enum OutputFormat: String, Sendable, CaseIterable {
    case text
    case json
    case markdown
    case html
    case csv

    /// A report in this form.
    ///
    /// - Throws: `DiagnosticError` where the form cannot hold the report.
    package func render(_ report: some Report) throws -> String {
        switch self {
        case .text: report.text
        case .json: report.json
        case .markdown: report.document.markdown
        case .html: try report.document.html()
        case .csv: try report.document.csv()
        }
    }
}
