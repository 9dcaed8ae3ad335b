import AulaModel
import AulaYAML
import Foundation

extension CohortReader {
    /// `gitlab:`; nil where the file names none: the cohort then has no projects and no registrations.
    mutating func gitlab(in root: Fields) -> GitLabHome? {
        guard let node = root["gitlab"] else { return nil }
        guard let fields = fields(of: node, at: "gitlab", GitLabKeys.set) else { return nil }
        let url = url(in: fields)
        let registration = value(GitLabKeys.registration, in: fields, notYet: ["agent"])
        let flow = value(GitLabKeys.flow, in: fields)
        let labels = labels(in: fields)
        guard let group = group(in: fields) else { return nil }
        return GitLabHome(
            url: url, group: group, registration: registration ?? .variables, flow: flow, labels: labels)
    }

    /// Names with colours.
    private mutating func labels(in fields: Fields) -> [GitLabHome.Label] {
        let path = fields.path(to: GitLabKeys.labels.name)
        guard let node = fields[GitLabKeys.labels.name], let names = self.fields(of: node, at: path) else { return [] }
        return names.entries.compactMap { entry in
            guard Form.labelTitle.matches(entry.key) else {
                error(
                    "\(quoted(entry.key)) is no name of a label: \(Form.labelTitle.words)", at: entry.position,
                    hint: "GitLab takes commas to stand between labels")
                return nil
            }
            guard let color = entry.node.text, Form.color.matches(color) else {
                error(
                    "the colour of the label \(quoted(entry.key)) must be \(Form.color.words), not \(entry.node.kind)",
                    at: entry.node.position, hint: "a bare # begins a comment")
                return nil
            }
            return GitLabHome.Label(name: entry.key, color: color.lowercased())
        }
    }

    private mutating func url(in fields: Fields) -> String {
        let standard = GitLabKeys.url.standard?.string ?? ""
        guard let text = text("url", in: fields) else { return standard }
        let position = fields.position(of: "url")
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(scheme), parts.query == nil, parts.fragment == nil
        else {
            error("\(quoted(text)) is no GitLab URL", at: position, hint: "write url: \(standard)")
            return standard
        }
        if parts.user != nil || parts.password != nil {
            error("`gitlab.url` holds a user name or password", at: position, hint: "put the token in GITLAB_TOKEN")
        }
        let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        if scheme == "http", !isLocal {
            warn(
                "`gitlab.url` sends the token without encryption", at: position, hint: "use https, if the server has it"
            )
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// A full path: `memo2-fiuba/2020-2c`.
    private mutating func group(in fields: Fields) -> String? {
        guard let node = fields["group"] else {
            missing("group", in: fields, hint: "write the full path of the cohort's own group, such as group: ORG/2026")
            return nil
        }
        guard let path = text("group", in: fields) else { return nil }
        guard Form.groupPath.matches(path), !path.split(separator: "/").contains(where: { $0.hasSuffix(".") }) else {
            let isURL = path.contains("://")
            error(
                "\(quoted(path)) is no path of a GitLab group", at: node.position,
                hint: isURL ? "write what comes after the server's name" : "write names with slashes between them")
            return nil
        }
        return path
    }
}
