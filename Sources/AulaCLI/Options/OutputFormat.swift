import ArgumentParser

/// The form of a document on stdout.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case markdown
}
