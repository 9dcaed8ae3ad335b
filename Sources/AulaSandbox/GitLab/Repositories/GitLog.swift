import AulaModel
import Foundation

/// Commits as `git log` prints them.
struct GitLog {
    /// A record for each commit, its fields apart by characters that no message has.
    static let format = "--format=%x1e%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B%x1f"

    struct Commit {
        let id: String
        let json: JSON
        /// Lines that came and went, where `--numstat` asked for them.
        let stats: JSON
    }

    let commits: [Commit]

    /// `page` is the address of the project's pages.
    init(_ output: GitOutput, page: String) {
        commits = output.text.split(separator: "\u{1E}").compactMap { record in
            let fields = record.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 10 else { return nil }
            let message = fields[8].trimmingCharacters(in: .newlines)
            return Commit(
                id: fields[0],
                json: [
                    "id": .string(fields[0]), "short_id": .string(String(fields[0].prefix(8))),
                    "title": .string(message.split(separator: "\n").first.map(String.init) ?? ""),
                    "message": .string(fields[8]),
                    "parent_ids": .array(fields[1].split(separator: " ").map { .string(String($0)) }),
                    "author_name": .string(fields[2]), "author_email": .string(fields[3]),
                    "authored_date": .string(Self.time(fields[4])), "committer_name": .string(fields[5]),
                    "committer_email": .string(fields[6]), "committed_date": .string(Self.time(fields[7])),
                    "created_at": .string(Self.time(fields[7])), "trailers": [:], "extended_trailers": [:],
                    "web_url": .string("\(page)/-/commit/\(fields[0])"),
                ], stats: Self.stats(fields[9]))
        }
    }

    /// Git's time with milliseconds, as GitLab writes it.
    private static func time(_ text: String) -> String {
        let zone = text.hasSuffix("Z") ? "+00:00" : String(text.suffix(6))
        return "\(text.prefix(19)).000\(zone)"
    }

    private static func stats(_ lines: String) -> JSON {
        var (added, removed) = (0, 0)
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 3 else { continue }
            added += Int(parts[0]) ?? 0
            removed += Int(parts[1]) ?? 0
        }
        return ["additions": .int(added), "deletions": .int(removed), "total": .int(added + removed)]
    }
}

/// The files of a comparison as `git diff` prints them.
enum GitDiff {
    static let arguments = [
        "diff", "--find-renames", "--no-color", "--no-ext-diff", "--full-index", "--raw", "-p", "-z",
    ]

    /// From the output of `arguments`: the raw lines, an empty part, then the patches.
    static func files(_ output: GitOutput) -> [JSON] {
        let text = output.text
        let split = text.range(of: "\0\0")
        let head = split.map { text[..<$0.lowerBound] } ?? text[...]
        let patches = split.map { Self.patches(String(text[$0.upperBound...])) } ?? []
        var parts = head.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)[...]
        var files: [JSON] = []
        while let line = parts.popFirst(), line.hasPrefix(":") {
            let words = line.dropFirst().split(separator: " ").map(String.init)
            guard words.count == 5, let old = parts.popFirst() else { break }
            let isMove = words[4].hasPrefix("R") || words[4].hasPrefix("C")
            let new = isMove ? parts.popFirst() ?? old : old
            let patch = files.count < patches.count ? patches[files.count] : ""
            files.append([
                "old_path": .string(old), "new_path": .string(new), "a_mode": .string(words[0]),
                "b_mode": .string(words[1]), "new_file": .bool(words[4] == "A"), "renamed_file": .bool(isMove),
                "deleted_file": .bool(words[4] == "D"), "generated_file": .null, "diff": .string(patch),
                "collapsed": false, "too_large": false,
            ])
        }
        return files
    }

    /// Each file's hunks, without the lines that name the file.
    private static func patches(_ text: String) -> [String] {
        var patches: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("diff --git ") {
                patches.append("")
            } else if line.hasPrefix("@@") || patches.last?.isEmpty == false {
                if patches.isEmpty { continue }
                patches[patches.count - 1] += line + "\n"
            }
        }
        return patches.map { $0.hasSuffix("\n\n") ? String($0.dropLast()) : $0 }
    }
}
