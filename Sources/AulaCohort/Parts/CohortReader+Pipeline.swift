import AulaModel
import AulaYAML

extension CohortReader {
    /// `starter: true`, the name of one that comes with aula, or `starter: folder/`.
    mutating func starter(in fields: Fields) -> Starter? {
        guard let node = fields["starter"] else { return nil }
        if case .scalar(let text, plain: true) = node.value, let flag = Scalar.flag(text) {
            return flag ? .standard : nil
        }
        guard let text = text(node, fields.path(to: "starter")) else { return nil }
        guard Form.starter.matches(text), !text.split(separator: "/").contains("..") else {
            error(
                "\(quoted(text)) is no folder beside this file", at: node.position,
                hint: "write true, or a folder below the cohort file's own such as starter: begin/")
            return nil
        }
        return text.hasSuffix("/") ? .folder(String(text.dropLast())) : .shipped(text)
    }

    /// `pipeline:` of a component.
    mutating func pipeline(in component: Fields) -> PipelineSettings? {
        guard let node = component["pipeline"] else { return nil }
        guard let fields = fields(of: node, at: component.path(to: "pipeline"), PipelineKeys.set) else { return nil }
        var settings = PipelineSettings()
        settings.build = value(PipelineKeys.build, in: fields)
        settings.builder = value(PipelineKeys.builder, in: fields) ?? settings.builder
        settings.tests = lines("tests", in: fields)
        settings.acceptance = lines("acceptance", in: fields) ?? []
        settings.acceptanceSets = value(PipelineKeys.sets, in: fields) ?? 1
        settings.rolloutLimit = value(PipelineKeys.rolloutLimit, in: fields) ?? settings.rolloutLimit
        return settings
    }

    private mutating func lines(_ key: String, in fields: Fields) -> [String]? {
        let path = fields.path(to: key)
        return items(key, in: fields)?.compactMap { text($0, path) }
    }
}
