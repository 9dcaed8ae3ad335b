import Foundation

/// A page that users read: the README or one below `docs/`.
struct Document: Sendable, CustomStringConvertible {
    /// A fenced block: what stands between two lines of three backquotes.
    struct Block: Sendable, CustomStringConvertible {
        var document: String
        /// Of the opening fence, counted from 1.
        var line: Int
        /// The word behind the opening fence; empty where there is none.
        var language: String
        var text: String

        var description: String { "\(document):\(line)" }
        var isShell: Bool { ["sh", "bash", "console"].contains(language) }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The README, and every page below `docs/`.
    static let all: [Document] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path)) ?? []
        return (["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }).map(Document.init)
    }()

    let name: String
    let blocks: [Block]
    /// What stands between single backquotes in the prose, by paragraph; line breaks become spaces.
    let code: [String]
    /// Where its links lead.
    let links: [String]

    var description: String { name }

    init(_ name: String) {
        self.name = name
        let text = (try? String(contentsOf: Self.root.appending(path: name), encoding: .utf8)) ?? ""
        var blocks: [Block] = []
        var prose: [Substring] = []
        var open: Block?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bare = line.drop { $0 == " " || $0 == "." || $0.isNumber }
            if let block = open, line.drop(while: { $0 == " " }) == "```" {
                blocks.append(block)
                open = nil
            } else if open != nil {
                open?.text += line + "\n"
            } else if bare.hasPrefix("```") {
                open = Block(document: name, line: number + 1, language: String(bare.dropFirst(3)), text: "")
            } else {
                prose.append(line)
            }
        }
        self.blocks = blocks
        code = prose.split { $0.allSatisfy(\.isWhitespace) }.flatMap { paragraph in
            paragraph.joined(separator: " ").matches(of: /`([^`]+)`/).map { String($0.1) }
        }
        links = prose.joined(separator: "\n").matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
    }
}
