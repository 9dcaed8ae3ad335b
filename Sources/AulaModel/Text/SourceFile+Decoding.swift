package import Foundation

extension SourceFile {
    /// The largest file that is read, 1 MiB: a caller needs to read no more than one byte beyond it.
    package static let limit = 1 << 20

    /// Makes text of a file's bytes.
    ///
    /// - Throws: `DiagnosticError` for more than `limit` bytes, and for bytes that are not UTF-8.
    package static func decode(path: String, data: Data) throws(DiagnosticError) -> SourceFile {
        guard data.count <= limit else { throw DiagnosticError([tooLarge(path)]) }
        guard let text = String(validating: data, as: UTF8.self) else {
            let isUTF16 = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
            throw DiagnosticError([
                Diagnostic(
                    .error, isUTF16 ? "the file is in UTF-16" : "this byte is not UTF-8 text",
                    at: SourcePosition(file: path, after: validPrefix(of: data)), hint: "save the file as UTF-8")
            ])
        }
        return SourceFile(path: path, text: text)
    }

    /// The finding about a file beyond `limit`.
    package static func tooLarge(_ path: String) -> Diagnostic {
        Diagnostic(
            .error, "the file is larger than 1 MiB", at: SourcePosition(file: path, line: 1, column: 1),
            hint: "is it the right file?")
    }

    private static func validPrefix(of data: Data) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView()
        var decoder = UTF8()
        var bytes = data.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { scalars.append(scalar) }
        return scalars
    }
}

extension SourcePosition {
    /// The position right behind `text`, which begins the file; columns count Unicode scalars, as YAML's do.
    package init(file: String, after text: some Sequence<Unicode.Scalar>) {
        self.init(file: file, line: 1, column: 1)
        for scalar in text {
            column += 1
            if scalar == "\n" { (line, column) = (line + 1, 1) }
        }
    }
}
